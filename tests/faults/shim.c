/* Lets the Nth call that changes a disk fail, or kills the process there. Preloaded; see tests/faults/shim.py.

   Counted are calls that change files and folders: not those on standard streams, pipes, sockets or devices.
   Nothing is counted before `faults_arm`, and nothing after a fork that comes later. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

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

static void note(const char *name)
{
    size_t size = strlen(name);
    if (length + size + 2 < sizeof names) {
        memcpy(names + length, name, size);
        length += size;
        names[length++] = ' ';
        names[length] = 0;
    }
}

/* Whether this call is the one. It may be killed here, and `errno` is set where it is to fail. */
static int fails(const char *name, int full, int *torn)
{
    if (torn)
        *torn = 0;
    if (kind < 0 || getpid() != armed)
        return 0;
    calls++;
    note(name);
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
        if (full && (kind == FULL ? here : from_here)) {
            errno = ENOSPC;
            return 1;
        }
        return 0;
    case BROKEN:
    case BROKEN_FOR_GOOD:
        if (kind == BROKEN ? here : from_here) {
            errno = EIO;
            return 1;
        }
        return 0;
    }
    return 0;
}

static int counts(int file)
{
    struct stat status;
    if (kind < 0 || file <= 2)
        return 0;
    int before = errno;
    int known = fstat(file, &status) == 0 && (S_ISREG(status.st_mode) || S_ISDIR(status.st_mode));
    errno = before;
    return known;
}

#define REAL(name) static __typeof__(name) *real; if (!real) real = (__typeof__(name) *)dlsym(RTLD_NEXT, #name)

#define WRITES(call, half)                     \
    int torn;                                  \
    if (counts(file)) {                        \
        if (fails("write", 1, &torn))          \
            return -1;                         \
        if (torn) {                            \
            ssize_t done = half;               \
            (void)done;                        \
            kill(getpid(), SIGKILL);           \
        }                                      \
    }                                          \
    return call

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

#define ON_FILE(name, full, result)                  \
    if (counts(file) && fails(name, full, NULL))     \
        return -1;                                   \
    return result

int fsync(int file) { REAL(fsync); ON_FILE("fsync", 1, real(file)); }
int fdatasync(int file) { REAL(fdatasync); ON_FILE("fdatasync", 1, real(file)); }
int ftruncate(int file, off_t size) { REAL(ftruncate); ON_FILE("ftruncate", 0, real(file, size)); }
int ftruncate64(int file, off64_t size) { REAL(ftruncate64); ON_FILE("ftruncate", 0, real(file, size)); }
int fchmod(int file, mode_t mode) { REAL(fchmod); ON_FILE("fchmod", 0, real(file, mode)); }
int posix_fallocate(int file, off_t at, off_t size)
{
    REAL(posix_fallocate);
    if (counts(file) && fails("fallocate", 1, NULL))
        return errno;
    return real(file, at, size);
}

#define ON_NAME(name, full, result)     \
    if (fails(name, full, NULL))        \
        return -1;                      \
    return result

int rename(const char *from, const char *to) { REAL(rename); ON_NAME("rename", 1, real(from, to)); }
int renameat(int a, const char *from, int b, const char *to)
{
    REAL(renameat);
    ON_NAME("rename", 1, real(a, from, b, to));
}
int unlink(const char *path) { REAL(unlink); ON_NAME("unlink", 0, real(path)); }
int unlinkat(int folder, const char *path, int flags) { REAL(unlinkat); ON_NAME("unlink", 0, real(folder, path, flags)); }
int link(const char *from, const char *to) { REAL(link); ON_NAME("link", 1, real(from, to)); }
int linkat(int a, const char *from, int b, const char *to, int flags)
{
    REAL(linkat);
    ON_NAME("link", 1, real(a, from, b, to, flags));
}
int mkdir(const char *path, mode_t mode) { REAL(mkdir); ON_NAME("mkdir", 1, real(path, mode)); }
int mkdirat(int folder, const char *path, mode_t mode) { REAL(mkdirat); ON_NAME("mkdir", 1, real(folder, path, mode)); }

/* Opening counts where it can make a file. One without a name counts as well. */
#define OPENS(folder, result)                                                                  \
    mode_t mode = 0;                                                                   \
    int makes = (flags & O_CREAT) || (flags & O_TMPFILE) == O_TMPFILE;                 \
    if (makes) {                                                                       \
        va_list rest;                                                                  \
        va_start(rest, flags);                                                         \
        mode = va_arg(rest, mode_t);                                                   \
        va_end(rest);                                                                  \
        int full = faccessat(folder, path, F_OK, 0) != 0; /* one that is there needs no room */ \
        if (fails("open", full, NULL))                                                    \
            return -1;                                                                 \
    }                                                                                  \
    return result

int open(const char *path, int flags, ...) { REAL(open); OPENS(AT_FDCWD, real(path, flags, mode)); }
int open64(const char *path, int flags, ...) { REAL(open64); OPENS(AT_FDCWD, real(path, flags, mode)); }
int openat(int folder, const char *path, int flags, ...) { REAL(openat); OPENS(folder, real(folder, path, flags, mode)); }
int openat64(int folder, const char *path, int flags, ...) { REAL(openat64); OPENS(folder, real(folder, path, flags, mode)); }
