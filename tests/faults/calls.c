/* Fails the n-th call of a kind that concerns a folder; loaded before the C library. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

enum { OPEN, WRITE, SYNC, RENAME, UNLINK };

static char folder[PATH_MAX];
static int armed = -1, with;
static long left;

/* Have the n-th call of a kind fail with an error; of kind -1, none. */
void arm(const char *where, int kind, long nth, int error) {
    snprintf(folder, sizeof folder, "%s/", where);
    armed = kind;
    left = nth;
    with = error;
}

/* Whether the call that was to fail came. */
int fired(void) { return left <= 0; }

static int within(int base, const char *path) {
    char place[PATH_MAX], link[64];
    ssize_t length;

    if (path && path[0] == '/')
        return !strncmp(path, folder, strlen(folder));
    if (base < 0)
        return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", base);
    length = readlink(link, place, sizeof place - 2);
    if (length < 0)
        return 0;
    strcpy(place + length, "/");
    return !strncmp(place, folder, strlen(folder));
}

static int fails(int kind, int base, const char *path) {
    if (kind != armed || !within(base, path) || --left)
        return 0;
    errno = with;
    return 1;
}

#define TRUE(name) __typeof__(&name) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

#define OPENS(name, declared, base, ...)                                                           \
    int name declared {                                                                            \
        int (*real)() = (int (*)())dlsym(RTLD_NEXT, #name);                                        \
        mode_t mode = 0;                                                                           \
        va_list more;                                                                              \
        va_start(more, flags);                                                                     \
        if (flags & (O_CREAT | __O_TMPFILE))                                                       \
            mode = va_arg(more, mode_t);                                                           \
        va_end(more);                                                                              \
        return fails(OPEN, base, path) ? -1 : real(__VA_ARGS__, flags, mode);                      \
    }

OPENS(open, (const char *path, int flags, ...), -1, path)
OPENS(open64, (const char *path, int flags, ...), -1, path)
OPENS(openat, (int at, const char *path, int flags, ...), at, at, path)
OPENS(openat64, (int at, const char *path, int flags, ...), at, at, path)

ssize_t write(int file, const void *bytes, size_t size) {
    TRUE(write);
    return fails(WRITE, file, NULL) ? -1 : real(file, bytes, size);
}

ssize_t pwrite(int file, const void *bytes, size_t size, off_t at) {
    TRUE(pwrite);
    return fails(WRITE, file, NULL) ? -1 : real(file, bytes, size, at);
}

ssize_t pwrite64(int file, const void *bytes, size_t size, off64_t at) {
    TRUE(pwrite64);
    return fails(WRITE, file, NULL) ? -1 : real(file, bytes, size, at);
}

ssize_t writev(int file, const struct iovec *parts, int count) {
    TRUE(writev);
    return fails(WRITE, file, NULL) ? -1 : real(file, parts, count);
}

int ftruncate(int file, off_t size) {
    TRUE(ftruncate);
    return fails(WRITE, file, NULL) ? -1 : real(file, size);
}

int ftruncate64(int file, off64_t size) {
    TRUE(ftruncate64);
    return fails(WRITE, file, NULL) ? -1 : real(file, size);
}

int fsync(int file) {
    TRUE(fsync);
    return fails(SYNC, file, NULL) ? -1 : real(file);
}

int fdatasync(int file) {
    TRUE(fdatasync);
    return fails(SYNC, file, NULL) ? -1 : real(file);
}

int rename(const char *from, const char *to) {
    TRUE(rename);
    return fails(RENAME, -1, to) ? -1 : real(from, to);
}

int renameat(int at, const char *from, int into, const char *to) {
    TRUE(renameat);
    return fails(RENAME, into, to) ? -1 : real(at, from, into, to);
}

int link(const char *from, const char *to) {
    TRUE(link);
    return fails(RENAME, -1, to) ? -1 : real(from, to);
}

int linkat(int at, const char *from, int into, const char *to, int flags) {
    TRUE(linkat);
    return fails(RENAME, into, to) ? -1 : real(at, from, into, to, flags);
}

int unlink(const char *path) {
    TRUE(unlink);
    return fails(UNLINK, -1, path) ? -1 : real(path);
}

int unlinkat(int at, const char *path, int flags) {
    TRUE(unlinkat);
    return fails(UNLINK, at, path) ? -1 : real(at, path, flags);
}
