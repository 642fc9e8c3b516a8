/* Plays steps through the C interface: a line each on standard input, verb and words apart by tabs; answers
 * one line each with JSON. conformance.py writes the lines and compares the answers. C99. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "workflow.h"

enum { words_max = 40, line_max = 1 << 16 };

/* What a service is to answer, one after the other. */
struct script {
    char* answers[words_max];
    int count;
    int next;
};

static int64_t clock_now;
static workflow_engine* engine;
static workflow_outbox* outbox;
static struct script scripts[4];
static int scripts_used;

static int64_t tell_time(void* user) {
    (void)user;
    return clock_now;
}

static int answer(workflow_text** out, const char* text) {
    *out = workflow_text_new(text, strlen(text));
    return 0;
}

static int serve(void* user, const char* request, workflow_text** out) {
    struct script* script = user;
    const char* planned = script->next < script->count ? script->answers[script->next++] : "fail no more answers";
    (void)request;
    if (strncmp(planned, "fail ", 5) == 0) {
        (void)answer(out, planned + 5);
        return 1;
    }
    return answer(out, planned);
}

static int notice(void* user, const char* told, workflow_text** out) {
    (void)user;
    (void)out;
    printf("notice\t%s\n", told);
    return 0;
}

static void print(int code, workflow_text* text) {
    printf("answer\t%d\t%s\n", code, text == NULL ? "null" : workflow_text_bytes(text));
    workflow_text_free(text);
}

static char* copy(const char* text) {
    char* copied = malloc(strlen(text) + 1);
    if (copied == NULL) exit(3);
    return strcpy(copied, text);
}

static void close_all(void) {
    int i;
    int j;
    workflow_outbox_close(outbox);
    workflow_engine_close(engine);
    outbox = NULL;
    engine = NULL;
    for (i = 0; i < scripts_used; ++i) {
        for (j = 0; j < scripts[i].count; ++j) free(scripts[i].answers[j]);
    }
    memset(scripts, 0, sizeof scripts);
    scripts_used = 0;
}

static int open_outbox(void) {
    const int code = workflow_outbox_open(engine, NULL, &outbox);
    return code != WORKFLOW_OK ? code : workflow_outbox_notices(outbox, notice, NULL);
}

/* service NAME ANSWER... */
static int add_service(char** words, int count) {
    struct script* script = &scripts[scripts_used++];
    int i;
    for (i = 2; i < count; ++i) script->answers[script->count++] = copy(words[i]);
    return workflow_outbox_service(outbox, words[1], serve, script);
}

static void play(char** words, int count) {
    workflow_text* text = NULL;
    uint64_t delivered = 0;
    int code = WORKFLOW_OK;
    if (strcmp(words[0], "open") == 0) {
        workflow_options options;
        memset(&options, 0, sizeof options);
        options.size = sizeof options;
        options.store = words[1];
        options.schema = count > 2 ? words[2] : NULL;
        options.clock = tell_time;
        print(workflow_engine_open(&options, &engine), NULL);
    } else if (strcmp(words[0], "clock") == 0) {
        clock_now = strtoll(words[1], NULL, 10);
    } else if (strcmp(words[0], "call") == 0) {
        code = workflow_call(engine, words[1], count > 2 ? words[2] : NULL, &text);
        print(code, text);
    } else if (strcmp(words[0], "outbox") == 0) {
        print(open_outbox(), NULL);
    } else if (strcmp(words[0], "service") == 0) {
        print(add_service(words, count), NULL);
    } else if (strcmp(words[0], "deliver") == 0) {
        code = workflow_outbox_deliver(outbox, &delivered);
        printf("delivered\t%d\t%" PRIu64 "\n", code, delivered);
    } else if (strcmp(words[0], "crash") == 0) {
        fflush(stdout);
        abort();
    } else {
        exit(2);
    }
    fflush(stdout);
}

int main(void) {
    static char line[line_max];
    if (!workflow_abi_serves(WORKFLOW_C_ABI)) return 4;
    while (fgets(line, sizeof line, stdin) != NULL) {
        char* words[words_max];
        int count = 0;
        char* word;
        line[strcspn(line, "\n")] = '\0';
        for (word = line; word != NULL && count < words_max; ++count) {
            char* tab = strchr(word, '\t');
            if (tab != NULL) *tab++ = '\0';
            words[count] = word;
            word = tab;
        }
        play(words, count);
    }
    close_all();
    return 0;
}
