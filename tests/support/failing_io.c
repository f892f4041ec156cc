/* Preloaded into a program under test (LD_PRELOAD, Linux): has calls on files fail, or kills the program at them.

   Which calls, is said in two ways. A program that was started by a test is given rules by its environment, about
   files by their paths; a program that is the test arms the library from within and counts every call that changes
   files or folders. Each wrapper below asks for both in one place, `struck`.

   FAILING_IO holds rules, parted by ";", each of five parts: CALLS|PATH|ERROR|FIRST|LAST
     CALLS  names of calls, parted by ",": create open (for writing) write truncate sync mmap lock unlink rename mkdir read
     PATH   what the file's path must hold somewhere; with "$" behind it, what it must end in
     ERROR  a number of errno, or "kill": SIGKILL to itself before the call is made
     FIRST  the first call that is struck, counted from 1 among those that match
     LAST   the last one; 0: none is
   FAILING_IO_LOG names a file that gets one byte for each call that matches a rule, struck or not.

   `faults_arm(kind, place)`: from now on this process's calls are counted, from 1, and the one at `place` is struck.
   Not counted are those on standard streams, pipes, sockets and devices, and those of a process forked later. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

#define REAL(name) static __typeof__(name) *real; if (!real) real = (__typeof__(name) *)dlsym(RTLD_NEXT, #name)

/* --- Rules, by the environment ------------------------------------------------------------------------------------ */

#define MOST 16

struct rule { char calls[128]; char path[PATH_MAX]; int error; long first, last, seen; };
static struct rule rules[MOST];
static int count = -1;

static void read_rules(void)
{
    count = 0;
    const char *given = getenv("FAILING_IO");
    if (!given)
        return;
    char *text = strdup(given), *rest = text, *line;
    while (count < MOST && (line = strsep(&rest, ";"))) {
        char *calls = strsep(&line, "|"), *path = strsep(&line, "|"), *error = strsep(&line, "|");
        char *first = strsep(&line, "|"), *last = strsep(&line, "|");
        if (!calls || !path || !error || !first || !last)
            continue;
        struct rule *rule = &rules[count++];
        snprintf(rule->calls, sizeof rule->calls, ",%s,", calls);
        snprintf(rule->path, sizeof rule->path, "%s", path);
        rule->error = strcmp(error, "kill") ? atoi(error) : -1;
        rule->first = atol(first);
        rule->last = atol(last);
    }
    free(text);
}

static int fits(const char *path, const char *pattern)
{
    size_t size = strlen(path), wanted = strlen(pattern);
    if (wanted && pattern[wanted - 1] == '$')
        return size >= wanted - 1 && !strncmp(path + size - (wanted - 1), pattern, wanted - 1);
    return strstr(path, pattern) != NULL;
}

static void note_match(void)
{
    const char *log = getenv("FAILING_IO_LOG");
    if (!log)
        return;
    long file = syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (file < 0)
        return;
    syscall(SYS_write, file, ".", 1L);
    syscall(SYS_close, file);
}

static int struck_by_rule(const char *call, const char *path)
{
    char name[40];
    snprintf(name, sizeof name, ",%s,", call);
    for (int i = 0; i < count; i++) {
        struct rule *rule = &rules[i];
        if (!strstr(rule->calls, name) || !fits(path, rule->path))
            continue;
        long now = __atomic_add_fetch(&rule->seen, 1, __ATOMIC_SEQ_CST);
        note_match();
        if (now < rule->first || (rule->last && now > rule->last))
            continue;
        if (rule->error < 0) {
            kill(getpid(), SIGKILL);
            pause();
        }
        errno = rule->error;
        return 1;
    }
    return 0;
}

/* --- Armed from within -------------------------------------------------------------------------------------------- */

enum { COUNT, KILL, TORN, FULL, FULL_FOR_GOOD, BROKEN, BROKEN_FOR_GOOD };

static int kind = -1;
static pid_t armed;
static long place, calls;
static char names[1 << 20];
static size_t length;

void faults_arm(int wanted, long at)
{
    kind = wanted;
    place = at;
    calls = 0;
    length = 0;
    names[0] = 0;
    armed = getpid();
}

long faults_calls(void) { return calls; }

/* The names of the calls so far, each followed by a space. */
const char *faults_names(void) { return names; }

static void note_call(const char *name)
{
    size_t size = strlen(name);
    if (length + size + 2 < sizeof names) {
        memcpy(names + length, name, size);
        length += size;
        names[length++] = ' ';
        names[length] = 0;
    }
}

/* `full`: a full disk refuses such a call. `torn`: it can be done by half; set where that is to be. */
static int struck_by_number(const char *name, int full, int *torn)
{
    if (kind < 0 || getpid() != armed)
        return 0;
    calls++;
    note_call(name);
    int here = calls == place, from_here = calls >= place;
    switch (kind) {
    case KILL:
        if (here)
            kill(getpid(), SIGKILL);
        return 0;
    case TORN:
        if (here && !torn)
            kill(getpid(), SIGKILL);
        if (here)
            *torn = 1;
        return 0;
    case FULL:
    case FULL_FOR_GOOD:
        errno = ENOSPC;
        return full && (kind == FULL ? here : from_here);
    case BROKEN:
    case BROKEN_FOR_GOOD:
        errno = EIO;
        return kind == BROKEN ? here : from_here;
    }
    return 0;
}

/* --- What every wrapper asks -------------------------------------------------------------------------------------- */

/* A call: what rules call it, and what it is called where calls are counted (NULL: it changes nothing). */
struct call { const char *rule, *counted; int full; };

/* Returns whether this call is to fail, with errno set; else errno is as it was. */
static int struck(struct call call, const char *path, int counts, int *torn)
{
    int before = errno;
    if (count < 0)
        read_rules();
    if (call.counted && counts && struck_by_number(call.counted, call.full, torn))
        return 1;
    errno = before;
    if (call.rule && path && count && struck_by_rule(call.rule, path))
        return 1;
    errno = before;
    return 0;
}

static int struck_file(struct call call, int file, int *torn)
{
    char link[64], path[PATH_MAX];
    struct stat status;
    int before = errno;
    if (count < 0)
        read_rules();
    int counts = kind >= 0 && file > 2 && fstat(file, &status) == 0
        && (S_ISREG(status.st_mode) || S_ISDIR(status.st_mode));
    ssize_t size = -1;
    if (count && file >= 0) {
        snprintf(link, sizeof link, "/proc/self/fd/%d", file);
        size = readlink(link, path, sizeof path - 1);
    }
    if (size >= 0)
        path[size] = 0;
    errno = before;
    return struck(call, size >= 0 ? path : NULL, counts, torn);
}

static int struck_path(struct call call, const char *path) { return struck(call, path, 1, NULL); }

static int missing(int folder, const char *path)
{
    struct stat there;
    int before = errno;
    int found = syscall(SYS_newfstatat, folder, path, &there, AT_SYMLINK_NOFOLLOW) == 0;
    errno = before;
    return !found;
}

/* --- The calls ---------------------------------------------------------------------------------------------------- */

/* Opening counts where it can make a file, one without a name as well; one that is there needs no room. */
static int struck_opening(int folder, const char *path, int flags)
{
    int nameless = (flags & O_TMPFILE) == O_TMPFILE, makes = nameless || (flags & O_CREAT);
    int makes_new = nameless || ((flags & O_CREAT) && missing(folder, path));
    if (makes && struck((struct call){makes_new ? "create" : NULL, "open", makes_new}, path, 1, NULL))
        return 1;
    return (flags & O_ACCMODE) != O_RDONLY && struck((struct call){"open", NULL, 0}, path, 0, NULL);
}

#define MODE va_list more; va_start(more, flags); mode_t mode = va_arg(more, mode_t); va_end(more)

#define OPENS(name)                                                              \
    int name(const char *path, int flags, ...)                                   \
    {                                                                            \
        REAL(name);                                                              \
        MODE;                                                                    \
        return struck_opening(AT_FDCWD, path, flags) ? -1 : real(path, flags, mode); \
    }
OPENS(open)
OPENS(open64)

#define OPENS_AT(name)                                                           \
    int name(int folder, const char *path, int flags, ...)                       \
    {                                                                            \
        REAL(name);                                                              \
        MODE;                                                                    \
        return struck_opening(folder, path, flags) ? -1 : real(folder, path, flags, mode); \
    }
OPENS_AT(openat)
OPENS_AT(openat64)

#define WRITES(whole, half)                                                      \
    int torn = 0;                                                                \
    if (struck_file((struct call){"write", "write", 1}, file, &torn))            \
        return -1;                                                               \
    if (torn) {                                                                  \
        ssize_t done = half;                                                     \
        (void)done;                                                              \
        kill(getpid(), SIGKILL);                                                 \
    }                                                                            \
    return whole

ssize_t write(int file, const void *data, size_t size)
{
    REAL(write);
    WRITES(real(file, data, size), real(file, data, size / 2));
}

ssize_t pwrite(int file, const void *data, size_t size, off_t at)
{
    REAL(pwrite);
    WRITES(real(file, data, size, at), real(file, data, size / 2, at));
}

ssize_t pwrite64(int file, const void *data, size_t size, off64_t at)
{
    REAL(pwrite64);
    WRITES(real(file, data, size, at), real(file, data, size / 2, at));
}

ssize_t writev(int file, const struct iovec *parts, int number)
{
    REAL(writev);
    WRITES(real(file, parts, number), real(file, parts, number / 2));
}

#define ON_FILE(rule, counted, full, failure, result) \
    return struck_file((struct call){rule, counted, full}, file, NULL) ? failure : result

ssize_t read(int file, void *data, size_t size) { REAL(read); ON_FILE("read", NULL, 0, -1, real(file, data, size)); }
ssize_t pread64(int file, void *data, size_t size, off64_t at)
{
    REAL(pread64);
    ON_FILE("read", NULL, 0, -1, real(file, data, size, at));
}
int fsync(int file) { REAL(fsync); ON_FILE("sync", "fsync", 1, -1, real(file)); }
int fdatasync(int file) { REAL(fdatasync); ON_FILE("sync", "fdatasync", 1, -1, real(file)); }
int ftruncate(int file, off_t size) { REAL(ftruncate); ON_FILE("truncate", "ftruncate", 0, -1, real(file, size)); }
int ftruncate64(int file, off64_t size) { REAL(ftruncate64); ON_FILE("truncate", "ftruncate", 0, -1, real(file, size)); }
int fchmod(int file, mode_t mode) { REAL(fchmod); ON_FILE(NULL, "fchmod", 0, -1, real(file, mode)); }
int posix_fallocate(int file, off_t at, off_t size)
{
    REAL(posix_fallocate);
    ON_FILE("write", "fallocate", 1, errno, real(file, at, size));
}
int flock(int file, int what) { REAL(flock); ON_FILE("lock", NULL, 0, -1, real(file, what)); }
void *mmap(void *at, size_t size, int access, int flags, int file, off_t from)
{
    REAL(mmap);
    ON_FILE("mmap", NULL, 0, MAP_FAILED, real(at, size, access, flags, file, from));
}
void *mmap64(void *at, size_t size, int access, int flags, int file, off64_t from)
{
    REAL(mmap64);
    ON_FILE("mmap", NULL, 0, MAP_FAILED, real(at, size, access, flags, file, from));
}

#define CONTROLS(name)                                                                                       \
    int name(int file, int what, ...)                                                                        \
    {                                                                                                        \
        REAL(name);                                                                                          \
        va_list more;                                                                                        \
        va_start(more, what);                                                                                \
        void *with = va_arg(more, void *);                                                                   \
        va_end(more);                                                                                        \
        int locks = what == F_SETLK || what == F_SETLKW || what == F_OFD_SETLK || what == F_OFD_SETLKW;      \
        return locks && struck_file((struct call){"lock", NULL, 0}, file, NULL) ? -1 : real(file, what, with); \
    }
CONTROLS(fcntl)
CONTROLS(fcntl64)

#define ON_PATH(rule, counted, full, path, result) \
    return struck_path((struct call){rule, counted, full}, path) ? -1 : result

int rename(const char *from, const char *to) { REAL(rename); ON_PATH("rename", "rename", 1, to, real(from, to)); }
int renameat(int a, const char *from, int b, const char *to)
{
    REAL(renameat);
    ON_PATH("rename", "rename", 1, to, real(a, from, b, to));
}
int link(const char *from, const char *to) { REAL(link); ON_PATH("rename", "link", 1, to, real(from, to)); }
int linkat(int a, const char *from, int b, const char *to, int flags)
{
    REAL(linkat);
    ON_PATH("rename", "link", 1, to, real(a, from, b, to, flags));
}
int unlink(const char *path) { REAL(unlink); ON_PATH("unlink", "unlink", 0, path, real(path)); }
int unlinkat(int folder, const char *path, int flags)
{
    REAL(unlinkat);
    ON_PATH("unlink", "unlink", 0, path, real(folder, path, flags));
}
int mkdir(const char *path, mode_t mode) { REAL(mkdir); ON_PATH("mkdir", "mkdir", 1, path, real(path, mode)); }
int mkdirat(int folder, const char *path, mode_t mode)
{
    REAL(mkdirat);
    ON_PATH("mkdir", "mkdir", 1, path, real(folder, path, mode));
}
