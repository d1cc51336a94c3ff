// What the core's modules hand to each other. docs/core.md has the block diagram and the rules.

// A package offers types that not every module uses.
/* verilator lint_off UNUSEDPARAM */
package ternac_core_pkg;
  import ternac_pkg::*;

  // A vector length, 1 to VLMAX of any configuration.
  localparam int unsigned VlBits = $clog2(MaxVlmax + 1);
  // A byte address in DRAM: everything below the instruction memory.
  localparam int unsigned AddressBits = $clog2(InstructionBase);
  // The number of a DRAM line.
  localparam int unsigned LineBits = AddressBits - $clog2(LineBytes);
  // Position of an instruction in program order, for traces; it wraps.
  localparam int unsigned SequenceBits = 32;

  typedef logic [VlBits-1:0] vl_t;
  typedef logic [AddressBits-1:0] address_t;
  typedef logic [LineBits-1:0] line_t;
  typedef logic [SequenceBits-1:0] sequence_t;

  // Lines of a packed matrix; 4 trits a byte, or more.
  typedef logic [2*VlBits-$clog2(T4TritsPerByte)-$clog2(LineBytes)-1:0] matrix_lines_t;

  // Functional units that wait in the issue queue for their turn; scalar and control instructions run
  // in the front end and never get there.
  localparam int unsigned NumUnits = 4;
  typedef enum logic [1:0] {
    IssueLsu = 2'd0,
    IssueRowwise = 2'd1,
    IssueRms = 2'd2,
    IssueTmatmul = 2'd3
  } issue_unit_e;

  // An instruction for a functional unit. Everything that comes from the scalar side is a value.
  typedef struct packed {
    opcode_e opcode;
    issue_unit_e unit;
    logic [NumVRegs-1:0] v_held;  // vector registers that it holds, read or written
    logic [NumQRegs-1:0] q_held;  // activation registers that it holds
    logic [2:0] vd;               // vector that receives the result
    logic [2:0] vs1;              // first source vector
    logic [2:0] vs2;              // second source vector
    logic [1:0] q;                // activation register: quant's result, tmatmul's source
    vl_t vl;                      // vector length
    vl_t columns;                 // tmatmul: length of the activation register
    address_t address;            // first byte of a memory operand
    logic [4:0] shift;            // ldv.h, ldv.b: bits to shift left
    // .vx, .xv, splat: sat32 of the register, in bits 31:0. tmatmul: the scale's bits. norm: eps.
    // argmax: the largest element so far, x[rs1]. sw, sd: the data.
    logic [63:0] scalar;
    logic [63:0] base;            // argmax: x[rs3], the index of element 0
    logic [4:0] xindex;           // argmax: scalar register that receives the index
    logic [4:0] xmax;             // argmax: scalar register that receives the maximum
    sequence_t sequence_number;   // position in program order
  } uop_t;

  // A range of DRAM, whole lines, both ends included.
  typedef struct packed {
    line_t first;
    line_t last;
  } range_t;

  // A matrix to fetch ahead.
  typedef struct packed {
    line_t first;      // its first line
    line_t num_lines;  // its lines, 1 or more
  } weights_t;

  // argmax's results on their way to the scalar registers; written only when something was larger.
  typedef struct packed {
    logic valid;         // argmax ends in this clock
    logic update;        // it found a larger element
    logic [4:0] xindex;  // scalar register of the index
    logic [4:0] xmax;    // scalar register of the maximum
    logic [63:0] index;  // base plus the element's position
    logic [63:0] max;    // the element, sign-extended
  } argmax_t;

  // What a clock was lost to, for counters; the front end and the issue stage each name at most one.
  typedef enum logic [3:0] {
    StallNone = 4'd0,
    StallScalarPending = 4'd1,   // front: a scalar register waits for a load or for argmax
    StallQueueFull = 4'd2,       // front: the issue queue (or the table of its memory accesses) is full
    StallMemoryOrder = 4'd3,     // front, issue: an older store, or an older fetch of weights, is in the way
    StallDrain = 4'd4,           // front: enq, halt or a trap waits for older instructions
    StallInput = 4'd5,           // front: deq waits for the host
    StallOutput = 4'd6,          // front: enq waits for the host
    StallEmpty = 4'd7,           // issue: nothing to issue
    StallUnit = 4'd8,            // issue: the unit is busy
    StallRegister = 4'd9         // issue: a register is held by another instruction
  } stall_e;

  // Retirement, as the front end sees it: one for every instruction, in program order, when it runs
  // (scalar and control) or is put into the issue queue.
  typedef struct packed {
    logic valid;
    sequence_t sequence_number;
    logic [31:0] index;     // instruction's index in the instruction memory
    logic queued;           // it goes on in a functional unit; done_t tells when it ended
    logic writes_x;         // it wrote a scalar register in this clock
    logic [4:0] rd;         // which one
    logic [63:0] x;         // what it wrote
  } retired_t;

  // The end of an instruction in a functional unit; its registers and memory hold the result after
  // this clock.
  typedef struct packed {
    logic valid;
    sequence_t sequence_number;
  } done_t;

  // Clients that read memory; the higher number goes first, and it is the AXI ID.
  localparam int unsigned NumReadClients = 3;

  // Beats of the longest burst of a vector load or store: two fit into its FIFO, so that one arrives
  // while the memory works on the next.
  function automatic int unsigned vector_burst(int unsigned burst, int unsigned fifo);
    if (fifo == 1) return 1;
    return burst < fifo / 2 ? burst : fifo / 2;
  endfunction

  // What the row-wise unit tells its lanes.
  typedef enum logic [1:0] {
    LaneVector,   // element of the first vector for x, of the second for y
    LaneScalar,
    LaneSigmoid,  // the element whose sigmoid it is for x, the sigmoid for y
    LaneConstant
  } lane_operand_e;
  typedef enum logic [1:0] {
    LaneProduct,  // or sum
    LanePower,
    LaneQuotient
  } lane_result_e;
  typedef struct packed {
    // In the clocks of an element.
    logic [1:0] capture;   // its operands are there
    logic [4:0] sigmoid;   // stages of ternac_rowwise_sigmoid
    logic [3:0] multiply;  // stages of ternac_rowwise_multiply
    logic [5:0] exp;       // stages of ternac_rowwise_exp
    logic [3:0] divide;    // stages of ternac_rowwise_divide
    // From the instruction's start to its end.
    lane_operand_e x;      // operands of multiply
    lane_operand_e y;
    logic add;             // they are added
    logic subtract;        // they are subtracted
    logic exact;           // their product is exp's exponent
    logic thirty;          // their product is over 2^30, not over 2^F
    lane_result_e result;  // what the result is
  } rowwise_lane_t;

  // What the rms unit tells its lanes.
  typedef struct packed {
    logic capture;         // the element is there
    logic value;           // its magnitude, or what argmax compares
    logic order;           // argmax: the latter
    logic square;          // squares of the magnitude
    logic [3:0] scale;     // stages of ternac_rms_scale
    logic [5:0] quantise;  // stages of ternac_rms_quantise
  } rms_lane_t;

endpackage
/* verilator lint_on UNUSEDPARAM */
