/* Preloaded into a program under test (LD_PRELOAD, Linux): has system calls on chosen files fail, or kills before them.

   FAILING_IO holds rules, parted by ";", each of five parts: CALLS|PATH|ERROR|FIRST|LAST
     CALLS  names of calls, parted by ",": create open (for writing) write truncate sync mmap lock unlink rename mkdir read
     PATH   what the file's path must hold somewhere; with "$" behind it, what it must end in
     ERROR  a number of errno, or "kill": SIGKILL to itself before the call is made
     FIRST  the first call that is struck, counted from 1 among those that match
     LAST   the last one; 0: none is
   FAILING_IO_LOG names a file that gets one byte for each call that matches a rule, struck or not. */

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

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
#define MOST 16

struct rule { char calls[128]; char path[PATH_MAX]; int error; long first, last, seen; };
static struct rule rules[MOST];
static int count = -1;

static void read_rules(void) {
  count = 0;
  const char *given = getenv("FAILING_IO");
  if (!given) return;
  char *text = strdup(given), *rest = text, *line;
  while (count < MOST && (line = strsep(&rest, ";"))) {
    char *calls = strsep(&line, "|"), *path = strsep(&line, "|"), *error = strsep(&line, "|");
    char *first = strsep(&line, "|"), *last = strsep(&line, "|");
    if (!calls || !path || !error || !first || !last) continue;
    struct rule *rule = &rules[count++];
    snprintf(rule->calls, sizeof rule->calls, ",%s,", calls);
    snprintf(rule->path, sizeof rule->path, "%s", path);
    rule->error = strcmp(error, "kill") ? atoi(error) : -1;
    rule->first = atol(first);
    rule->last = atol(last);
  }
  free(text);
}

static int fits(const char *path, const char *pattern) {
  size_t long_ = strlen(path), wanted = strlen(pattern);
  if (wanted && pattern[wanted - 1] == '$')
    return long_ >= wanted - 1 && !strncmp(path + long_ - (wanted - 1), pattern, wanted - 1);
  return strstr(path, pattern) != NULL;
}

static void note(void) {
  const char *log = getenv("FAILING_IO_LOG");
  if (!log) return;
  long fd = syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (fd < 0) return;
  syscall(SYS_write, fd, ".", 1L);
  syscall(SYS_close, fd);
}

/* Returns whether this call is to fail, with errno set. */
static int struck(const char *call, const char *path) {
  if (count < 0) read_rules();
  int saved = errno;
  char name[40];
  snprintf(name, sizeof name, ",%s,", call);
  for (int i = 0; i < count; i++) {
    struct rule *rule = &rules[i];
    if (!strstr(rule->calls, name) || !fits(path, rule->path)) continue;
    long now = __atomic_add_fetch(&rule->seen, 1, __ATOMIC_SEQ_CST);
    note();
    if (now < rule->first || (rule->last && now > rule->last)) continue;
    if (rule->error < 0) { kill(getpid(), SIGKILL); pause(); }
    errno = rule->error;
    return 1;
  }
  errno = saved;
  return 0;
}

static int struck_fd(const char *call, int fd) {
  char link[64], path[PATH_MAX];
  if (count < 0) read_rules();
  if (!count) return 0;
  int saved = errno;
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t size = readlink(link, path, sizeof path - 1);
  errno = saved;
  if (size < 0) return 0;
  path[size] = 0;
  return struck(call, path);
}

static int creates(int dir, const char *path, int flags) {
  struct stat there;
  if ((flags & O_TMPFILE) == O_TMPFILE) return 1;
  int saved = errno;
  int missing = (flags & O_CREAT) && syscall(SYS_newfstatat, dir, path, &there, AT_SYMLINK_NOFOLLOW) != 0;
  errno = saved;
  return missing;
}

static int opens_to_write(const char *path, int flags) {
  return (flags & O_ACCMODE) != O_RDONLY && struck("open", path);
}

#define OPENING(name)                                                                              \
  int name(const char *path, int flags, ...) {                                                     \
    va_list more; va_start(more, flags); mode_t mode = va_arg(more, mode_t); va_end(more);         \
    if (creates(AT_FDCWD, path, flags) && struck("create", path)) return -1;                       \
    if (opens_to_write(path, flags)) return -1;                                                    \
    return REAL(name)(path, flags, mode);                                                          \
  }
OPENING(open)
OPENING(open64)

#define OPENING_AT(name)                                                                           \
  int name(int dir, const char *path, int flags, ...) {                                            \
    va_list more; va_start(more, flags); mode_t mode = va_arg(more, mode_t); va_end(more);         \
    if (creates(dir, path, flags) && struck("create", path)) return -1;                            \
    if (opens_to_write(path, flags)) return -1;                                                    \
    return REAL(name)(dir, path, flags, mode);                                                     \
  }
OPENING_AT(openat)
OPENING_AT(openat64)

ssize_t write(int fd, const void *data, size_t size) {
  return struck_fd("write", fd) ? -1 : REAL(write)(fd, data, size);
}
ssize_t writev(int fd, const struct iovec *parts, int number) {
  return struck_fd("write", fd) ? -1 : REAL(writev)(fd, parts, number);
}
ssize_t pwrite(int fd, const void *data, size_t size, off_t place) {
  return struck_fd("write", fd) ? -1 : REAL(pwrite)(fd, data, size, place);
}
ssize_t pwrite64(int fd, const void *data, size_t size, off64_t place) {
  return struck_fd("write", fd) ? -1 : REAL(pwrite64)(fd, data, size, place);
}
ssize_t read(int fd, void *data, size_t size) { return struck_fd("read", fd) ? -1 : REAL(read)(fd, data, size); }
ssize_t pread64(int fd, void *data, size_t size, off64_t place) {
  return struck_fd("read", fd) ? -1 : REAL(pread64)(fd, data, size, place);
}
int ftruncate(int fd, off_t size) { return struck_fd("truncate", fd) ? -1 : REAL(ftruncate)(fd, size); }
int ftruncate64(int fd, off64_t size) { return struck_fd("truncate", fd) ? -1 : REAL(ftruncate64)(fd, size); }
int fsync(int fd) { return struck_fd("sync", fd) ? -1 : REAL(fsync)(fd); }
int fdatasync(int fd) { return struck_fd("sync", fd) ? -1 : REAL(fdatasync)(fd); }
int unlink(const char *path) { return struck("unlink", path) ? -1 : REAL(unlink)(path); }
int mkdir(const char *path, mode_t mode) { return struck("mkdir", path) ? -1 : REAL(mkdir)(path, mode); }
int rename(const char *from, const char *to) { return struck("rename", to) ? -1 : REAL(rename)(from, to); }
int link(const char *from, const char *to) { return struck("rename", to) ? -1 : REAL(link)(from, to); }
int flock(int fd, int what) { return struck_fd("lock", fd) ? -1 : REAL(flock)(fd, what); }

void *mmap(void *at, size_t size, int access, int flags, int fd, off_t place) {
  return fd >= 0 && struck_fd("mmap", fd) ? MAP_FAILED : REAL(mmap)(at, size, access, flags, fd, place);
}
void *mmap64(void *at, size_t size, int access, int flags, int fd, off64_t place) {
  return fd >= 0 && struck_fd("mmap", fd) ? MAP_FAILED : REAL(mmap64)(at, size, access, flags, fd, place);
}

#define CONTROL(name)                                                                              \
  int name(int fd, int what, ...) {                                                                \
    va_list more; va_start(more, what); void *with = va_arg(more, void *); va_end(more);           \
    int locks = what == F_SETLK || what == F_SETLKW || what == F_OFD_SETLK || what == F_OFD_SETLKW; \
    return locks && struck_fd("lock", fd) ? -1 : REAL(name)(fd, what, with);                       \
  }
CONTROL(fcntl)
CONTROL(fcntl64)
