/* For tests/kill.sh, by LD_PRELOAD: ends the process by SIGKILL as it makes its Nth rename, on whatever thread (strace counts each thread's apart).
   RILS_KILL_AT     N, from 1
   RILS_RENAMES     a file that gets a line for each rename: the path that comes to be */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static atomic_long made;

int rename(const char *from, const char *to)
{
    long number = atomic_fetch_add(&made, 1) + 1;
    const char *last = getenv("RILS_KILL_AT"), *list = getenv("RILS_RENAMES");
    if (last && number == atol(last)) {
        kill(getpid(), SIGKILL);
        pause();
    }
    FILE *file = list ? fopen(list, "a") : NULL;
    if (file) {
        fprintf(file, "%s\n", to);
        fclose(file);
    }
    return ((int (*)(const char *, const char *))dlsym(RTLD_NEXT, "rename"))(from, to);
}
