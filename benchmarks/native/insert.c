/* The limit on SQLite: the rows of the `insert` workload by prepared bind and step, against the library that the .NET techniques use.
 *
 *   insert DATABASE ROWS ROWS_PER_STATEMENT
 *
 * The table exists and is empty. Rows are made before the clock starts; timestamps become text within it, since the table stores text.
 * Prints one line of JSON: {"elapsed_s":...,"cpu_s":...,"peak_rss_mb":...}
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

/* The few declarations that are needed, so that no header of another SQLite version is. */
typedef struct sqlite3 sqlite3;
typedef struct sqlite3_stmt sqlite3_stmt;
int sqlite3_open_v2(const char *, sqlite3 **, int, const char *);
int sqlite3_close(sqlite3 *);
int sqlite3_exec(sqlite3 *, const char *, void *, void *, char **);
int sqlite3_prepare_v3(sqlite3 *, const char *, int, unsigned, sqlite3_stmt **, const char **);
int sqlite3_bind_int64(sqlite3_stmt *, int, int64_t);
int sqlite3_bind_int(sqlite3_stmt *, int, int);
int sqlite3_bind_double(sqlite3_stmt *, int, double);
int sqlite3_bind_text(sqlite3_stmt *, int, const char *, int, void (*)(void *));
int sqlite3_bind_null(sqlite3_stmt *, int);
int sqlite3_step(sqlite3_stmt *);
int sqlite3_reset(sqlite3_stmt *);
int sqlite3_finalize(sqlite3_stmt *);
const char *sqlite3_errmsg(sqlite3 *);
enum { OK = 0, DONE = 101, OPEN_READWRITE = 2, PREPARE_PERSISTENT = 1 };
enum { COLUMNS = 6, MAX_ROWS_PER_STATEMENT = 64, LABELS = 1024, LABEL_BYTES = 12, STAMP_BYTES = 33 };

typedef struct {
    int64_t device_id, ts_ms, updated_ms; /* updated_ms 0: null */
    double value;
    int status;
    const char *label;
} metric;

static char labels[LABELS][LABEL_BYTES + 1];

/* Metric.At of the comparison benchmarks, in C; the checksum proves that the two agree. */
static metric metric_at(int64_t i) {
    const int64_t epoch_ms = 1704067200000;
    uint64_t hash = (uint64_t)i * 0x9E3779B97F4A7C15u;
    hash ^= hash >> 29;
    hash *= 0xBF58476D1CE4E5B9u;
    hash ^= hash >> 32;
    metric row;
    row.device_id = 1 + i / 1000;
    row.ts_ms = epoch_ms + (i % 1000) * 10000;
    row.value = (double)(int64_t)(hash % 10000000) / 100.0;
    row.status = (int)(hash >> 24 & 7);
    row.label = labels[hash >> 32 & (LABELS - 1)];
    row.updated_ms = (hash >> 48 & 1) != 0 ? row.ts_ms + (int64_t)(hash >> 50 & 4095) : 0;
    return row;
}

static char *two_digits(char *p, int n) {
    p[0] = (char)('0' + n / 10);
    p[1] = (char)('0' + n % 10);
    return p + 2;
}

/* yyyy-MM-dd HH:mm:ss.FFFFFFFzzz of a time in UTC, years 1970 to 9999: what Microsoft.Data.Sqlite stores for a DateTimeOffset. */
static int format_stamp(char *start, int64_t ms) {
    int64_t days = ms / 86400000;
    int rest = (int)(ms - days * 86400000);
    /* Civil from days, with years that begin in March so that the leap day comes last. */
    int64_t shifted = days + 719468;
    int era = (int)(shifted / 146097), day_of_era = (int)(shifted - (int64_t)era * 146097);
    int year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int march_month = (5 * day_of_year + 2) / 153;
    int day = day_of_year - (153 * march_month + 2) / 5 + 1;
    int month = march_month < 10 ? march_month + 3 : march_month - 9;
    int year = year_of_era + era * 400 + (month <= 2);

    char *p = two_digits(start, year / 100);
    p = two_digits(p, year % 100);
    *p++ = '-';
    p = two_digits(p, month);
    *p++ = '-';
    p = two_digits(p, day);
    *p++ = ' ';
    p = two_digits(p, rest / 3600000);
    *p++ = ':';
    p = two_digits(p, rest / 60000 % 60);
    *p++ = ':';
    p = two_digits(p, rest / 1000 % 60);
    int fraction = rest % 1000;
    if (fraction != 0) {
        *p++ = '.';
        *p++ = (char)('0' + fraction / 100);
        if (fraction % 100 != 0)
            *p++ = (char)('0' + fraction / 10 % 10);
        if (fraction % 10 != 0)
            *p++ = (char)('0' + fraction % 10);
    }
    memcpy(p, "+00:00", 6);
    return (int)(p + 6 - start);
}

static sqlite3 *db;

static void check(int is_right, const char *what) {
    if (is_right)
        return;
    fprintf(stderr, "insert.c: %s: %s\n", what, db != NULL ? sqlite3_errmsg(db) : "no database");
    exit(1);
}

static sqlite3_stmt *prepare(int rows) {
    static const char start[] = "INSERT INTO metrics(device_id, ts, value, status, label, updated_at) VALUES";
    char sql[sizeof start + MAX_ROWS_PER_STATEMENT * 16];
    char *p = sql + sprintf(sql, "%s", start);
    for (int row = 0; row < rows; row++)
        p += sprintf(p, "%s(?,?,?,?,?,?)", row == 0 ? "" : ",");
    sqlite3_stmt *statement;
    check(sqlite3_prepare_v3(db, sql, -1, PREPARE_PERSISTENT, &statement, NULL) == OK, "prepare");
    return statement;
}

static void insert(sqlite3_stmt *statement, const metric *rows, int count) {
    char stamps[MAX_ROWS_PER_STATEMENT][2][STAMP_BYTES];
    for (int i = 0; i < count; i++) {
        const metric *row = &rows[i];
        int at = i * COLUMNS;
        sqlite3_bind_int64(statement, at + 1, row->device_id);
        sqlite3_bind_text(statement, at + 2, stamps[i][0], format_stamp(stamps[i][0], row->ts_ms), NULL);
        sqlite3_bind_double(statement, at + 3, row->value);
        sqlite3_bind_int(statement, at + 4, row->status);
        sqlite3_bind_text(statement, at + 5, row->label, LABEL_BYTES, NULL);
        if (row->updated_ms == 0)
            sqlite3_bind_null(statement, at + 6);
        else
            sqlite3_bind_text(statement, at + 6, stamps[i][1], format_stamp(stamps[i][1], row->updated_ms), NULL);
    }
    check(sqlite3_step(statement) == DONE, "step");
    sqlite3_reset(statement);
}

static double seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static double cpu_seconds(void) {
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) + (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

/* Not ru_maxrss, which keeps the peak of the process that forked this one. */
static double peak_rss_mb(void) {
    FILE *status = fopen("/proc/self/status", "r");
    check(status != NULL, "/proc/self/status");
    char line[256];
    long kilobytes = 0;
    while (fgets(line, sizeof line, status) != NULL)
        sscanf(line, "VmHWM: %ld", &kilobytes);
    fclose(status);
    return (double)kilobytes / 1024.0;
}

int main(int argc, char **argv) {
    check(argc == 4, "usage: insert DATABASE ROWS ROWS_PER_STATEMENT");
    int64_t count = atoll(argv[2]);
    int per_statement = atoi(argv[3]);
    check(per_statement >= 1 && per_statement <= MAX_ROWS_PER_STATEMENT, "rows per statement: 1 to 64");
    for (int i = 0; i < LABELS; i++)
        sprintf(labels[i], "sensor-%05d", i);
    metric *rows = malloc((size_t)count * sizeof *rows);
    check(rows != NULL, "memory");
    for (int64_t i = 0; i < count; i++)
        rows[i] = metric_at(i);
    check(sqlite3_open_v2(argv[1], &db, OPEN_READWRITE, NULL) == OK, "open");
    check(sqlite3_exec(db, "PRAGMA synchronous=NORMAL", NULL, NULL, NULL) == OK, "synchronous");

    double cpu = cpu_seconds(), start = seconds();
    check(sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL) == OK, "begin");
    sqlite3_stmt *many = prepare(per_statement), *one = prepare(1);
    int64_t done = 0;
    for (; done + per_statement <= count; done += per_statement)
        insert(many, rows + done, per_statement);
    for (; done < count; done++)
        insert(one, rows + done, 1);
    sqlite3_finalize(many);
    sqlite3_finalize(one);
    check(sqlite3_exec(db, "COMMIT", NULL, NULL, NULL) == OK, "commit");
    double elapsed = seconds() - start;
    cpu = cpu_seconds() - cpu;

    sqlite3_close(db);
    free(rows);
    printf("{\"elapsed_s\":%.9f,\"cpu_s\":%.6f,\"peak_rss_mb\":%.1f}\n", elapsed, cpu, peak_rss_mb());
    return 0;
}
