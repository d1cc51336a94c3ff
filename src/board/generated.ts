// Generated from isa/*.yaml by `npm run generate`. Do not edit.

/** UUID of the accelerator: what a bitstream says it is, and what its registers say. */
export const ACCELERATOR_UUID = "a495762f-2b35-406a-9457-4bb668c15962";
/** What register feature_header reads as. */
export const FEATURE_HEADER = 0x1000010000000000n;
/** Version of the register map. */
export const MAP_VERSION = {
  major: 1,
  minor: 1,
} as const;
/** Bytes of the MMIO space. */
export const MMIO_BYTES = 262144;
/** Unit of the addresses and lengths of copies, in bytes. */
export const HOST_LINE_BYTES = 64;
/** Lines of the ring of completions. */
export const COMPLETION_LINES = 64;
/** Descriptors of copies that wait. */
export const COPY_QUEUE = 16;
/** Entries that the accelerator keeps in front of the core's input queue, and behind its output queue. */
export const HOST_QUEUE = 512;

/**
 * Registers of 64 bits by name: offset in bytes in the MMIO space, how many there are of an array (8 bytes apart),
 * and fields as [highest bit, lowest bit]. docs/card/csr.md says what they mean.
 */
export const REGISTERS = {
  feature_header: {
    offset: 0,
    access: "ro",
    fields: {},
  },
  uuid_low: {
    offset: 8,
    access: "ro",
    fields: {},
  },
  uuid_high: {
    offset: 16,
    access: "ro",
    fields: {},
  },
  version: {
    offset: 40,
    access: "ro",
    fields: {
      map_minor: [15, 0],
      map_major: [31, 16],
      isa_minor: [47, 32],
      isa_major: [63, 48],
    },
  },
  configuration_name: {
    offset: 48,
    access: "ro",
    fields: {},
  },
  scratch: {
    offset: 56,
    access: "rw",
    fields: {},
  },
  clock_count: {
    offset: 64,
    access: "ro",
    fields: {},
  },
  vlmax: {
    offset: 128,
    access: "ro",
    fields: {},
  },
  dram_bytes: {
    offset: 136,
    access: "ro",
    fields: {},
  },
  instructions: {
    offset: 144,
    access: "ro",
    fields: {},
  },
  queue_entries: {
    offset: 152,
    access: "ro",
    fields: {},
  },
  packings: {
    offset: 160,
    access: "ro",
    fields: {},
  },
  channels: {
    offset: 168,
    access: "ro",
    fields: {},
  },
  beat_bytes: {
    offset: 176,
    access: "ro",
    fields: {},
  },
  lanes: {
    offset: 184,
    access: "ro",
    fields: {},
  },
  product_granules: {
    offset: 192,
    access: "ro",
    fields: {},
  },
  weight_fifo: {
    offset: 200,
    access: "ro",
    fields: {},
  },
  vector_fifo: {
    offset: 208,
    access: "ro",
    fields: {},
  },
  issue_queue: {
    offset: 216,
    access: "ro",
    fields: {},
  },
  burst: {
    offset: 224,
    access: "ro",
    fields: {},
  },
  outstanding: {
    offset: 232,
    access: "ro",
    fields: {},
  },
  core_control: {
    offset: 256,
    access: "wo",
    fields: {
      reset: [0, 0],
      start: [1, 1],
      close_input: [2, 2],
    },
  },
  core_status: {
    offset: 264,
    access: "ro",
    fields: {
      state: [2, 0],
      waiting_input: [3, 3],
      waiting_output: [4, 4],
      paused: [5, 5],
      input_closed: [6, 6],
      trap_cause: [15, 8],
      output_count: [31, 16],
      input_room: [47, 32],
    },
  },
  entry: {
    offset: 272,
    access: "rw",
    fields: {},
  },
  program_length: {
    offset: 280,
    access: "rw",
    fields: {},
  },
  pause_at: {
    offset: 288,
    access: "rw",
    fields: {},
  },
  trap_pc: {
    offset: 296,
    access: "ro",
    fields: {},
  },
  trap_value: {
    offset: 304,
    access: "ro",
    fields: {},
  },
  instret: {
    offset: 312,
    access: "ro",
    fields: {},
  },
  input_push: {
    offset: 320,
    access: "wo",
    fields: {},
  },
  output_head: {
    offset: 328,
    access: "ro",
    fields: {},
  },
  output_pop: {
    offset: 336,
    access: "wo",
    fields: {},
  },
  errors: {
    offset: 344,
    access: "w1c",
    fields: {
      input_full: [0, 0],
      output_empty: [1, 1],
      not_ready: [2, 2],
      copy_full: [3, 3],
      program_range: [4, 4],
    },
  },
  copy_host_address: {
    offset: 384,
    access: "rw",
    fields: {},
  },
  copy_card_address: {
    offset: 392,
    access: "rw",
    fields: {},
  },
  copy_length: {
    offset: 400,
    access: "rw",
    fields: {},
  },
  copy_go: {
    offset: 408,
    access: "wo",
    fields: {
      to_host: [0, 0],
      check: [1, 1],
      zero: [2, 2],
    },
  },
  copy_completion_address: {
    offset: 416,
    access: "rw",
    fields: {},
  },
  copy_state: {
    offset: 424,
    access: "ro",
    fields: {
      busy: [0, 0],
      room: [15, 8],
    },
  },
  copy_completed: {
    offset: 432,
    access: "ro",
    fields: {},
  },
  copy_result: {
    offset: 440,
    access: "ro",
    fields: {
      crc: [31, 0],
      status: [39, 32],
    },
  },
  clocks: {
    offset: 512,
    access: "ro",
    fields: {},
  },
  front_stalls: {
    offset: 520,
    count: 16,
    access: "ro",
    fields: {},
  },
  issue_stalls: {
    offset: 648,
    count: 16,
    access: "ro",
    fields: {},
  },
  busy: {
    offset: 776,
    count: 4,
    access: "ro",
    fields: {},
  },
  starved: {
    offset: 808,
    access: "ro",
    fields: {},
  },
  read_beats: {
    offset: 816,
    count: 4,
    access: "ro",
    fields: {},
  },
  write_beats: {
    offset: 848,
    access: "ro",
    fields: {},
  },
  written_bytes: {
    offset: 856,
    access: "ro",
    fields: {},
  },
  copy_write_beats: {
    offset: 864,
    access: "ro",
    fields: {},
  },
} as const;

/** Memories in the MMIO space. */
export const WINDOWS = {
  program: {
    offset: 131072,
    bytes: 131072,
  },
} as const;

/** Words of 64 bits of a line that a copy leaves in the ring of completions, by name. */
export const COMPLETION = {
  number: 0,
  status: 1,
  crc: 2,
  length: 3,
} as const;

/** Codes that fields hold, by name. */
export const CODES = {
  core_state: {
    resetting: 0,
    ready: 1,
    running: 2,
    halted: 3,
    trapped: 4,
  },
  copy_status: {
    done: 0,
    misaligned: 1,
    card_range: 2,
    host_error: 3,
    card_error: 4,
    empty: 5,
  },
} as const;

/** What a code means, for messages. */
export const CODE_DESCRIPTIONS = {
  core_state: {
    resetting: "the reset is under way: accesses to DRAM end, registers are cleared",
    ready: "a program can be written and started",
    running: "a program runs, or waits for the host",
    halted: "the program ran halt",
    trapped: "an instruction trapped: trap_cause, trap_pc and trap_value say which and why",
  },
  copy_status: {
    done: "everything was moved",
    misaligned: "an address or the length is no multiple of a line; nothing was moved",
    card_range: "a card address is beyond the DRAM; nothing was moved",
    host_error: "the host answered an access with an error; some lines are wrong",
    card_error: "a bank answered an access with an error; some lines are wrong",
    empty: "the length is zero; nothing was moved",
  },
} as const;
