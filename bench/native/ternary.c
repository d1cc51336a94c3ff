/*
 * Native baselines for bench/kernels.ts: the products of a token on the layout of kernels/decode.ts.
 *
 *   ternary ROWSxCOLUMNS...     one product each, in order
 *
 * Reads commands from standard input, one letter a line, and answers each with "MILLISECONDS CHECKSUM":
 *   h  vectorised by hand (AVX-512 VNNI or AVX2; answers "-" on other machines)
 *   c  plain C, left to the compiler's vectoriser
 *   r  only reads the weights
 *   H, R  the same as h and r with two threads, each with half of every product
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#if defined(__AVX512VNNI__) || defined(__AVX2__)
#include <immintrin.h>
#endif

#define STREAMS 8
#define CHUNK 256

struct matrix {
  int rows, columns;
  const uint8_t *weights;
};

static int8_t x[65536];
static int32_t sums[65536];

/* The same numbers as in bench/kernels.ts. */
static uint32_t state = 0x9e3779b9;
static uint32_t next(void) {
  state ^= state << 13;
  state ^= state >> 17;
  state ^= state << 5;
  return state;
}

typedef void chunk_kernel(const uint8_t *w, const int8_t *x, int columns, int32_t out[8]);

static void compiled_chunk(const uint8_t *restrict w, const int8_t *restrict x, int columns,
                           int32_t *restrict out) {
  for (int h = 0; h < 2; h++)
    for (int j = 0; j < 4; j++) {
      int32_t sum = 0;
      for (int g = 0; g < columns / 16; g++)
        for (int k = 0; k < 16; k++)
          sum += ((w[32 * g + 16 * h + k] >> (2 * j)) & 3) * x[16 * g + k];
      out[4 * h + j] += sum;
    }
}

#if defined(__AVX512VNNI__) && defined(__AVX512BW__)
#define HAND_VECTORISED 1
static void hand_chunk(const uint8_t *w, const int8_t *x, int columns, int32_t out[8]) {
  const __m512i twice = _mm512_set_epi64(3, 2, 3, 2, 1, 0, 1, 0);
  const __m512i m0 = _mm512_set1_epi8(0x03), m1 = _mm512_set1_epi8(0x0c);
  const __m512i m2 = _mm512_set1_epi8(0x30), m3 = _mm512_set1_epi8((char)0xc0);
  __m512i a[4];
  for (int j = 0; j < 4; j++) a[j] = _mm512_setzero_si512();
  for (int k = 0; k < columns; k += 32, w += 64) {
    const __m512i v = _mm512_permutexvar_epi64(
        twice, _mm512_castsi256_si512(_mm256_loadu_si256((const void *)(x + k))));
    const __m512i p = _mm512_loadu_si512(w);
    a[0] = _mm512_dpbusd_epi32(a[0], _mm512_and_si512(p, m0), v);
    a[1] = _mm512_dpbusd_epi32(a[1], _mm512_and_si512(p, m1), v);
    a[2] = _mm512_dpbusd_epi32(a[2], _mm512_and_si512(p, m2), v);
    a[3] = _mm512_dpbusd_epi32(a[3], _mm512_and_si512(p, m3), v);
  }
  for (int j = 0; j < 4; j++) {
    out[j] += _mm512_mask_reduce_add_epi32(0x0f0f, a[j]) >> (2 * j);
    out[4 + j] += _mm512_mask_reduce_add_epi32(0xf0f0, a[j]) >> (2 * j);
  }
}
#elif defined(__AVX2__)
#define HAND_VECTORISED 1
static void hand_chunk(const uint8_t *w, const int8_t *x, int columns, int32_t out[8]) {
  const __m256i low = _mm256_set1_epi8(0x03), high = _mm256_set1_epi8(0x0c);
  const __m256i ones = _mm256_set1_epi16(1);
  __m256i a[4];
  for (int j = 0; j < 4; j++) a[j] = _mm256_setzero_si256();
  for (int k = 0; k < columns; k += 16, w += 32) {
    const __m256i v = _mm256_broadcastsi128_si256(_mm_loadu_si128((const void *)(x + k)));
    const __m256i p = _mm256_loadu_si256((const void *)w);
    const __m256i q = _mm256_srli_epi16(p, 4);
    a[0] = _mm256_add_epi16(a[0], _mm256_maddubs_epi16(_mm256_and_si256(p, low), v));
    a[1] = _mm256_add_epi16(a[1], _mm256_maddubs_epi16(_mm256_and_si256(p, high), v));
    a[2] = _mm256_add_epi16(a[2], _mm256_maddubs_epi16(_mm256_and_si256(q, low), v));
    a[3] = _mm256_add_epi16(a[3], _mm256_maddubs_epi16(_mm256_and_si256(q, high), v));
  }
  for (int j = 0; j < 4; j++) {
    int32_t lanes[8], sum[2] = {0, 0};
    _mm256_storeu_si256((void *)lanes, _mm256_madd_epi16(a[j], ones));
    for (int i = 0; i < 8; i++) sum[i / 4] += lanes[i];
    for (int h = 0; h < 2; h++) out[4 * h + j] += sum[h] >> (2 * (j & 1));
  }
}
#else
#define HAND_VECTORISED 0
#endif

/* One of the equal parts of a matrix's work. */
struct part {
  int index, count;
};

static const struct part WHOLE = {0, 1};

/* Eight streams far apart, as in kernels/product.ts; inlined with its chunk. */
static inline __attribute__((always_inline)) uint32_t multiply(const struct matrix *m,
                                                               chunk_kernel *add_chunk,
                                                               struct part part) {
  const int blocks = m->rows / 8 / STREAMS;
  const int first = blocks * part.index / part.count;
  const int end = blocks * (part.index + 1) / part.count;
  const size_t block_bytes = 2 * (size_t)m->columns;
  int32_t activation_sum = 0;
  uint32_t checksum = 0;
  for (int k = 0; k < m->columns; k++) activation_sum += x[k];
  for (int b = first; b < end; b++) {
    int32_t out[STREAMS][8] = {{0}};
    for (int c = 0; c < m->columns; c += CHUNK)
      for (int s = 0; s < STREAMS; s++)
        add_chunk(m->weights + (s * (size_t)blocks + b) * block_bytes + 2 * c, x + c,
                  m->columns - c < CHUNK ? m->columns - c : CHUNK, out[s]);
    for (int s = 0; s < STREAMS; s++)
      for (int r = 0; r < 8; r++) {
        const int32_t sum = out[s][r] - activation_sum;
        sums[8 * (s * blocks + b) + r] = sum;
        checksum += (uint32_t)sum;
      }
  }
  return checksum;
}

static uint32_t read_only(const struct matrix *m, struct part part) {
  const size_t words = (size_t)m->rows * m->columns / 4 / sizeof(uint64_t) / STREAMS;
  const uint64_t *p = (const uint64_t *)m->weights;
  uint64_t sum = 0;
  const size_t first = words * part.index / part.count;
  const size_t end = words * (part.index + 1) / part.count;
  for (size_t i = first; i < end; i += 64) /* 512 bytes of each stream in turn */
    for (int s = 0; s < STREAMS; s++) {
      const size_t count = end - i < 64 ? end - i : 64;
      const uint64_t *q = p + s * words + i;
      uint64_t part = 0;
      for (size_t k = 0; k < count; k++) part += q[k];
      sum += part;
    }
  return (uint32_t)(sum ^ (sum >> 32));
}

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return 1e3 * t.tv_sec + t.tv_nsec / 1e6;
}

static uint32_t compute(const struct matrix *m, char command, struct part part) {
  if (command == 'r' || command == 'R') return read_only(m, part);
  if (command == 'c') return multiply(m, compiled_chunk, part);
#if HAND_VECTORISED
  return multiply(m, hand_chunk, part);
#else
  return 0;
#endif
}

/* The second thread, for the time of a command: it has the second half of each matrix that `published` counts. */
static struct {
  const struct matrix *matrix;
  char command;
  _Alignas(64) atomic_uint published;
  _Alignas(64) atomic_uint finished;
  uint32_t checksum;
} job;

static void *help(void *unused) {
  for (unsigned done = 0;;) {
    if (atomic_load_explicit(&job.published, memory_order_acquire) == done) continue;
    if (job.command == 'q') return unused;
    job.checksum = compute(job.matrix, job.command, (struct part){1, 2});
    atomic_store_explicit(&job.finished, ++done, memory_order_release);
  }
}

static unsigned publish(const struct matrix *m, char command) {
  job.matrix = m;
  job.command = command;
  return atomic_fetch_add_explicit(&job.published, 1, memory_order_release) + 1;
}

static uint32_t share(const struct matrix *m, char command) {
  const unsigned number = publish(m, command);
  const uint32_t checksum = compute(m, command, (struct part){0, 2});
  while (atomic_load_explicit(&job.finished, memory_order_acquire) != number) continue;
  return checksum + job.checksum;
}

int main(int argc, char **argv) {
  struct matrix *matrices = calloc(argc, sizeof *matrices);
  size_t total = 0;
  for (int i = 1; i < argc; i++) {
    if (sscanf(argv[i], "%dx%d", &matrices[i].rows, &matrices[i].columns) != 2) return 2;
    total += (size_t)matrices[i].rows * matrices[i].columns / 4;
  }
  uint8_t *weights = aligned_alloc(4096, (total + 4095) / 4096 * 4096);
  if (!weights) return 1;
  for (size_t i = 0; i < total; i++) {
    const uint32_t r = next() % 81;
    weights[i] = (uint8_t)(r % 3 | r / 3 % 3 << 2 | r / 9 % 3 << 4 | r / 27 << 6);
  }
  for (size_t i = 0; i < sizeof x; i++) x[i] = (int8_t)((int)(next() % 255) - 127);
  for (int i = 1; i < argc; i++) {
    matrices[i].weights = weights;
    weights += (size_t)matrices[i].rows * matrices[i].columns / 4;
  }
  char line[16];
  while (fgets(line, sizeof line, stdin)) {
    const int shared = line[0] == 'H' || line[0] == 'R';
    pthread_t helper;
    if (shared) {
      job.published = job.finished = 0;
      if (pthread_create(&helper, NULL, help, NULL)) return 1;
      share(&matrices[1], line[0]); /* it is there when the time starts */
    }
    const double start = now();
    uint32_t checksum = 0;
    for (int i = 1; i < argc; i++)
      checksum += shared ? share(&matrices[i], line[0]) : compute(&matrices[i], line[0], WHOLE);
    const double ms = now() - start;
    if (shared) {
      publish(NULL, 'q');
      pthread_join(helper, NULL);
    }
    if ((line[0] == 'h' || line[0] == 'H') && !HAND_VECTORISED) puts("-");
    else printf("%.6f %u\n", ms, checksum);
    fflush(stdout);
  }
  return 0;
}
