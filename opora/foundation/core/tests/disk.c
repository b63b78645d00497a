/* A disk for tests, loaded with LD_PRELOAD.
 *
 * Power cut: files under OPORA_DISK are copied to OPORA_SHADOW at fsync and fdatasync and only then, so the shadow
 * folder holds what a disk would hold after the power went. unlink is copied too: a journal that is gone is gone.
 * The copy is read through SQLite's own descriptor: closing any other descriptor of a database drops its locks.
 *
 * Full or failing disk: while the file OPORA_FAIL exists, writes to files under OPORA_DISK fail with the errno in it.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static int on_disk(int fd, char *path) {
    const char *disk = getenv("OPORA_DISK");
    char link[64];
    if (!disk) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, PATH_MAX - 1);
    if (length <= 0) return 0;
    path[length] = 0;
    return strncmp(path, disk, strlen(disk)) == 0;
}

static void copy(int fd) {
    const char *shadow = getenv("OPORA_SHADOW");
    char path[PATH_MAX], whole[PATH_MAX * 2], part[PATH_MAX * 2 + 32], buffer[65536];
    if (!shadow || !on_disk(fd, path)) return;
    snprintf(whole, sizeof whole, "%s/%s", shadow, strrchr(path, '/') + 1);
    snprintf(part, sizeof part, "%s.%d.part", whole, getpid());
    int to = open(part, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    off_t at = 0;
    ssize_t got;
    while ((got = pread(fd, buffer, sizeof buffer, at)) > 0) {
        if (write(to, buffer, got) != got) abort();
        at += got;
    }
    close(to);
    rename(part, whole);
}

int fsync(int fd) { copy(fd); return 0; }
int fdatasync(int fd) { copy(fd); return 0; }

int unlink(const char *path) {
    int (*real)(const char *) = dlsym(RTLD_NEXT, "unlink");
    const char *disk = getenv("OPORA_DISK"), *shadow = getenv("OPORA_SHADOW");
    char whole[PATH_MAX * 2];
    if (disk && shadow && strncmp(path, disk, strlen(disk)) == 0) {
        snprintf(whole, sizeof whole, "%s/%s", shadow, strrchr(path, '/') + 1);
        real(whole);
    }
    return real(path);
}

static int failure(int fd) {
    const char *flag = getenv("OPORA_FAIL");
    char path[PATH_MAX], number[8] = "";
    if (!flag || access(flag, F_OK) != 0 || !on_disk(fd, path)) return 0;
    int from = open(flag, O_RDONLY);
    if (from < 0) return 0;
    ssize_t got = read(from, number, sizeof number - 1);
    close(from);
    return got > 0 ? atoi(number) : 0;
}

ssize_t pwrite64(int fd, const void *bytes, size_t count, off_t at) {
    ssize_t (*real)(int, const void *, size_t, off_t) = dlsym(RTLD_NEXT, "pwrite64");
    int wrong = failure(fd);
    if (wrong) { errno = wrong; return -1; }
    return real(fd, bytes, count, at);
}

ssize_t pwrite(int fd, const void *bytes, size_t count, off_t at) { return pwrite64(fd, bytes, count, at); }
