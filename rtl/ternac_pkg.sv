// Generated from isa/*.yaml by `npm run generate`. Do not edit.
//
// The instruction set and its constants. docs/isa describes what they mean.

// A package offers constants that not every design uses.
/* verilator lint_off UNUSEDPARAM */
package ternac_pkg;

  // Version: an image needs a machine of its major version, and of its minor version or later.
  localparam int unsigned IsaMajor = 0;
  localparam int unsigned IsaMinor = 1;

  // Positions of the fields in an instruction word.
  localparam int unsigned WordBits = 64;
  localparam int unsigned OpcodeHigh = 7;
  localparam int unsigned OpcodeLow = 0;
  localparam int unsigned RdHigh = 12;
  localparam int unsigned RdLow = 8;
  localparam int unsigned Rs1High = 17;
  localparam int unsigned Rs1Low = 13;
  localparam int unsigned Rs2High = 22;
  localparam int unsigned Rs2Low = 18;
  localparam int unsigned Rs3High = 27;
  localparam int unsigned Rs3Low = 23;
  localparam int unsigned StreamHigh = 31;
  localparam int unsigned StreamLow = 28;
  localparam int unsigned ImmHigh = 63;
  localparam int unsigned ImmLow = 32;
  localparam int unsigned Imm48High = 63;
  localparam int unsigned Imm48Low = 16;

  // vector registers: VLMAX elements of 32 bits, fixed point
  localparam int unsigned NumVRegs = 8;
  // activation registers: up to VLMAX int8 values, their length, and their absmax
  localparam int unsigned NumQRegs = 4;
  // scalar registers: 64 bits, two's complement; x0 reads as zero
  localparam int unsigned NumXRegs = 32;

  // Numerics.
  localparam int unsigned ElementBits = 32;
  localparam int unsigned FractionBits = 20;
  localparam int unsigned AbsmaxFloor = 10;
  localparam int unsigned ActivationMax = 127;
  localparam int unsigned TableFractionBits = 30;
  localparam int unsigned ExpIndexBits = 10;
  localparam int unsigned ExpInterpolationBits = 16;
  localparam int unsigned SigLimit = 16;
  localparam int unsigned SigStepBits = 7;

  // Memory: bytes of a DRAM line; where the address map has the instruction memory.
  localparam int unsigned LineBytes = 64;
  localparam logic [63:0] InstructionBase = 64'h4000000000;

  typedef enum logic [7:0] {
    // ldv vd, mem
    OpLdv = 8'h10,
    // ldv.h vd, mem, shift
    OpLdvH = 8'h11,
    // ldv.b vd, mem, shift
    OpLdvB = 8'h12,
    // sv mem, vs2
    OpSv = 8'h13,
    // lw xd, mem
    OpLw = 8'h14,
    // ld xd, mem
    OpLd = 8'h15,
    // sw mem, xs2
    OpSw = 8'h16,
    // sd mem, xs2
    OpSd = 8'h17,
    // add vd, vs1, vs2
    OpAddVv = 8'h20,
    // sub vd, vs1, vs2
    OpSubVv = 8'h21,
    // mul vd, vs1, vs2
    OpMulVv = 8'h22,
    // div vd, vs1, vs2
    OpDivVv = 8'h23,
    // add vd, vs1, xs2
    OpAddVx = 8'h24,
    // sub vd, xs1, vs2
    OpSubXv = 8'h25,
    // mul vd, vs1, xs2
    OpMulVx = 8'h26,
    // splat vd, xs1
    OpSplat = 8'h27,
    // exp vd, vs1
    OpExp = 8'h28,
    // sig vd, vs1
    OpSig = 8'h29,
    // silu vd, vs1
    OpSilu = 8'h2a,
    // norm vd, vs1, eps
    OpNorm = 8'h30,
    // quant qd, vs1
    OpQuant = 8'h31,
    // argmax xindex, xmax, vs2, xs3
    OpArgmax = 8'h32,
    // tmatmul.t4 vd, qs, mem, xs2
    OpTmatmulT4 = 8'h40,
    // tmatmul.t5 vd, qs, mem, xs2
    OpTmatmulT5 = 8'h41,
    // li xd, imm48
    OpLi = 8'h50,
    // add xd, xs1, xs2
    OpAdd = 8'h51,
    // sub xd, xs1, xs2
    OpSub = 8'h52,
    // mul xd, xs1, xs2
    OpMul = 8'h53,
    // and xd, xs1, xs2
    OpAnd = 8'h54,
    // or xd, xs1, xs2
    OpOr = 8'h55,
    // xor xd, xs1, xs2
    OpXor = 8'h56,
    // sll xd, xs1, xs2
    OpSll = 8'h57,
    // srl xd, xs1, xs2
    OpSrl = 8'h58,
    // sra xd, xs1, xs2
    OpSra = 8'h59,
    // slt xd, xs1, xs2
    OpSlt = 8'h5a,
    // sltu xd, xs1, xs2
    OpSltu = 8'h5b,
    // addi xd, xs1, imm
    OpAddi = 8'h61,
    // andi xd, xs1, imm
    OpAndi = 8'h64,
    // ori xd, xs1, imm
    OpOri = 8'h65,
    // xori xd, xs1, imm
    OpXori = 8'h66,
    // slli xd, xs1, shamt
    OpSlli = 8'h67,
    // srli xd, xs1, shamt
    OpSrli = 8'h68,
    // srai xd, xs1, shamt
    OpSrai = 8'h69,
    // slti xd, xs1, imm
    OpSlti = 8'h6a,
    // jal xd, target
    OpJal = 8'h80,
    // jalr xd, mem
    OpJalr = 8'h81,
    // beq xs1, xs2, target
    OpBeq = 8'h82,
    // bne xs1, xs2, target
    OpBne = 8'h83,
    // blt xs1, xs2, target
    OpBlt = 8'h84,
    // bge xs1, xs2, target
    OpBge = 8'h85,
    // bltu xs1, xs2, target
    OpBltu = 8'h86,
    // bgeu xs1, xs2, target
    OpBgeu = 8'h87,
    // setvl xs1
    OpSetvl = 8'h90,
    // setvli uimm
    OpSetvli = 8'h91,
    // csrr xd, csr
    OpCsrr = 8'h92,
    // deq xd
    OpDeq = 8'ha0,
    // enq xs1
    OpEnq = 8'ha1,
    // halt
    OpHalt = 8'hf0,
    // trap uimm
    OpTrap = 8'hf1
  } opcode_e;

  typedef enum logic [3:0] {
    // load/store: vectors and scalars between DRAM and the registers
    UnitLsu = 4'h0,
    // row-wise operation: one result element from the same element of the operands
    UnitRowwise = 4'h1,
    // root mean square: whatever needs one pass over a vector before it has a result
    UnitRms = 4'h2,
    // ternary matrix multiplication: streams its matrix from DRAM
    UnitTmatmul = 4'h3,
    // scalar and control: scalar arithmetic, branches, queues
    UnitControl = 4'h4
  } unit_e;

  typedef enum logic [3:0] {
    // DRAM latency, then n elements at the rate of the DRAM
    TimingVectorLoad = 4'h0,
    // n elements at the rate of the DRAM; the program goes on
    TimingVectorStore = 4'h1,
    // DRAM latency; later instructions go on until one needs the result
    TimingScalarLoad = 4'h2,
    // one clock; the program goes on
    TimingScalarStore = 4'h3,
    // pipeline depth plus n over the lanes
    TimingRowwise = 4'h4,
    // divider depth plus n over the lanes
    TimingRowwiseDivide = 4'h5,
    // pipeline depth plus n over the lanes
    TimingOnePass = 4'h6,
    // two passes of n over the lanes, and a scalar step between them
    TimingTwoPass = 4'h7,
    // the matrix's bytes at the rate of the DRAM, or less if they were prefetched
    TimingStream = 4'h8,
    // one clock
    TimingSingle = 4'h9,
    // one clock, more if taken
    TimingBranch = 4'ha,
    // one clock, or until the host has put or taken an entry
    TimingQueue = 4'hb
  } timing_e;

  typedef enum logic [7:0] {
    // no such instruction, a register that does not exist, or a reserved bit that is not zero
    TrapIllegalInstruction = 8'h01,
    // the program counter left the program or is no multiple of 8
    TrapInstructionAddress = 8'h02,
    // a vector or matrix address that is no multiple of 64, or a scalar address that is no multiple
    // of its size
    TrapAddressMisaligned = 8'h03,
    // an access that is not wholly inside DRAM
    TrapAddressOutOfRange = 8'h04,
    // a vector length below 1 or above VLMAX, or a product with an activation register that was
    // never written
    TrapVectorLength = 8'h05,
    // deq on an empty input queue that the host has closed
    TrapQueueEmpty = 8'h06,
    // the trap instruction
    TrapSoftware = 8'h07,
    // an instruction that this configuration leaves out
    TrapUnsupported = 8'h08
  } trap_e;

  typedef enum logic [7:0] {
    // the vector length in force
    CsrVl = 8'h00,
    // the longest vector of this configuration
    CsrVlmax = 8'h01,
    // instructions before this one since reset, in program order
    CsrInstret = 8'h02,
    // streams that share a weight stream; 1 in this version
    CsrStreams = 8'h03,
    // the machine's ISA version: major * 65536 + minor
    CsrIsa = 8'h04,
    // bytes of DRAM
    CsrDram = 8'h05
  } csr_e;

  // Instructions of one format have their operands in the same places.
  typedef enum logic [7:0] {
    FmtVdMem,
    FmtVdMemShift,
    FmtMemVs2,
    FmtXdMem,
    FmtMemXs2,
    FmtVdVs1Vs2,
    FmtVdVs1Xs2,
    FmtVdXs1Vs2,
    FmtVdXs1,
    FmtVdVs1,
    FmtVdVs1Eps,
    FmtQdVs1,
    FmtXindexXmaxVs2Xs3,
    FmtVdQsMemXs2,
    FmtXdImm48,
    FmtXdXs1Xs2,
    FmtXdXs1Imm,
    FmtXdXs1Shamt,
    FmtXdTarget,
    FmtXs1Xs2Target,
    FmtXs1,
    FmtUimm,
    FmtXdCsr,
    FmtXd,
    FmtNone
  } format_e;

  typedef enum logic [1:0] {
    RegNone,
    RegV,
    RegQ,
    RegX
  } reg_file_e;

  typedef struct packed {
    reg_file_e file;  // RegNone: no register; index is then a constant, or 0
    logic read;
    logic write;
    logic [4:0] index;
  } operand_t;

  typedef struct packed {
    logic legal;  // if 0, the word is no instruction and every other field is 0
    opcode_e opcode;
    unit_e unit;
    timing_e timing;
    operand_t rd;
    operand_t rs1;
    operand_t rs2;
    operand_t rs3;
    logic signed [47:0] imm;  // extended by its sign if it has one
  } decoded_t;

  typedef struct packed {
    logic known;
    format_e format;
    unit_e unit;
    timing_e timing;
  } opcode_info_t;

  // The row of an opcode; known is 0 if there is none.
  function automatic opcode_info_t opcode_info(logic [7:0] opcode);
    unique case (opcode)
      OpLdv: return '{1'b1, FmtVdMem, UnitLsu, TimingVectorLoad};
      OpLdvH: return '{1'b1, FmtVdMemShift, UnitLsu, TimingVectorLoad};
      OpLdvB: return '{1'b1, FmtVdMemShift, UnitLsu, TimingVectorLoad};
      OpSv: return '{1'b1, FmtMemVs2, UnitLsu, TimingVectorStore};
      OpLw: return '{1'b1, FmtXdMem, UnitLsu, TimingScalarLoad};
      OpLd: return '{1'b1, FmtXdMem, UnitLsu, TimingScalarLoad};
      OpSw: return '{1'b1, FmtMemXs2, UnitLsu, TimingScalarStore};
      OpSd: return '{1'b1, FmtMemXs2, UnitLsu, TimingScalarStore};
      OpAddVv: return '{1'b1, FmtVdVs1Vs2, UnitRowwise, TimingRowwise};
      OpSubVv: return '{1'b1, FmtVdVs1Vs2, UnitRowwise, TimingRowwise};
      OpMulVv: return '{1'b1, FmtVdVs1Vs2, UnitRowwise, TimingRowwise};
      OpDivVv: return '{1'b1, FmtVdVs1Vs2, UnitRowwise, TimingRowwiseDivide};
      OpAddVx: return '{1'b1, FmtVdVs1Xs2, UnitRowwise, TimingRowwise};
      OpSubXv: return '{1'b1, FmtVdXs1Vs2, UnitRowwise, TimingRowwise};
      OpMulVx: return '{1'b1, FmtVdVs1Xs2, UnitRowwise, TimingRowwise};
      OpSplat: return '{1'b1, FmtVdXs1, UnitRowwise, TimingRowwise};
      OpExp: return '{1'b1, FmtVdVs1, UnitRowwise, TimingRowwise};
      OpSig: return '{1'b1, FmtVdVs1, UnitRowwise, TimingRowwise};
      OpSilu: return '{1'b1, FmtVdVs1, UnitRowwise, TimingRowwise};
      OpNorm: return '{1'b1, FmtVdVs1Eps, UnitRms, TimingTwoPass};
      OpQuant: return '{1'b1, FmtQdVs1, UnitRms, TimingTwoPass};
      OpArgmax: return '{1'b1, FmtXindexXmaxVs2Xs3, UnitRms, TimingOnePass};
      OpTmatmulT4: return '{1'b1, FmtVdQsMemXs2, UnitTmatmul, TimingStream};
      OpTmatmulT5: return '{1'b1, FmtVdQsMemXs2, UnitTmatmul, TimingStream};
      OpLi: return '{1'b1, FmtXdImm48, UnitControl, TimingSingle};
      OpAdd: return '{1'b1, FmtXdXs1Xs2, UnitControl, TimingSingle};
      OpSub: return '{1'b1, FmtXdXs1Xs2, UnitControl, TimingSingle};
      OpMul: return '{1'b1, FmtXdXs1Xs2, UnitControl, TimingSingle};
      OpAnd: return '{1'b1, FmtXdXs1Xs2, UnitControl, TimingSingle};
      OpOr: return '{1'b1, FmtXdXs1Xs2, UnitControl, TimingSingle};
      OpXor: return '{1'b1, FmtXdXs1Xs2, UnitControl, TimingSingle};
      OpSll: return '{1'b1, FmtXdXs1Xs2, UnitControl, TimingSingle};
      OpSrl: return '{1'b1, FmtXdXs1Xs2, UnitControl, TimingSingle};
      OpSra: return '{1'b1, FmtXdXs1Xs2, UnitControl, TimingSingle};
      OpSlt: return '{1'b1, FmtXdXs1Xs2, UnitControl, TimingSingle};
      OpSltu: return '{1'b1, FmtXdXs1Xs2, UnitControl, TimingSingle};
      OpAddi: return '{1'b1, FmtXdXs1Imm, UnitControl, TimingSingle};
      OpAndi: return '{1'b1, FmtXdXs1Imm, UnitControl, TimingSingle};
      OpOri: return '{1'b1, FmtXdXs1Imm, UnitControl, TimingSingle};
      OpXori: return '{1'b1, FmtXdXs1Imm, UnitControl, TimingSingle};
      OpSlli: return '{1'b1, FmtXdXs1Shamt, UnitControl, TimingSingle};
      OpSrli: return '{1'b1, FmtXdXs1Shamt, UnitControl, TimingSingle};
      OpSrai: return '{1'b1, FmtXdXs1Shamt, UnitControl, TimingSingle};
      OpSlti: return '{1'b1, FmtXdXs1Imm, UnitControl, TimingSingle};
      OpJal: return '{1'b1, FmtXdTarget, UnitControl, TimingBranch};
      OpJalr: return '{1'b1, FmtXdMem, UnitControl, TimingBranch};
      OpBeq: return '{1'b1, FmtXs1Xs2Target, UnitControl, TimingBranch};
      OpBne: return '{1'b1, FmtXs1Xs2Target, UnitControl, TimingBranch};
      OpBlt: return '{1'b1, FmtXs1Xs2Target, UnitControl, TimingBranch};
      OpBge: return '{1'b1, FmtXs1Xs2Target, UnitControl, TimingBranch};
      OpBltu: return '{1'b1, FmtXs1Xs2Target, UnitControl, TimingBranch};
      OpBgeu: return '{1'b1, FmtXs1Xs2Target, UnitControl, TimingBranch};
      OpSetvl: return '{1'b1, FmtXs1, UnitControl, TimingSingle};
      OpSetvli: return '{1'b1, FmtUimm, UnitControl, TimingSingle};
      OpCsrr: return '{1'b1, FmtXdCsr, UnitControl, TimingSingle};
      OpDeq: return '{1'b1, FmtXd, UnitControl, TimingQueue};
      OpEnq: return '{1'b1, FmtXs1, UnitControl, TimingQueue};
      OpHalt: return '{1'b1, FmtNone, UnitControl, TimingSingle};
      OpTrap: return '{1'b1, FmtUimm, UnitControl, TimingSingle};
      default: return '0;
    endcase
  endfunction

  // Whether a register file has a register of that number.
  function automatic logic register_exists(reg_file_e file, logic [4:0] index);
    unique case (file)
      RegV: return index < 5'd8;
      RegQ: return index < 5'd4;
      RegX: return 1'b1;
      default: return 1'b1;
    endcase
  endfunction

  // Decode an instruction word. Legal is what encodes an instruction of the specification: every
  // register exists, every constant is in range, and every bit that no operand uses is 0.
  function automatic decoded_t decode(logic [WordBits-1:0] word);
    opcode_info_t info;
    decoded_t decoded;
    logic [WordBits-1:0] used;  // the bits that the opcode and the operands occupy
    logic in_range;

    info = opcode_info(word[OpcodeHigh:OpcodeLow]);
    decoded = '0;
    decoded.opcode = opcode_e'(word[OpcodeHigh:OpcodeLow]);
    decoded.unit = info.unit;
    decoded.timing = info.timing;
    in_range = 1'b1;

    unique case (info.format)
      FmtVdMem: begin
        used = 64'hffffffff0003ffff;
        decoded.rd = '{RegV, 1'b0, 1'b1, word[RdHigh:RdLow]};
        decoded.rs1 = '{RegX, 1'b1, 1'b0, word[Rs1High:Rs1Low]};
        decoded.imm = {{16{word[ImmHigh]}}, word[ImmHigh:ImmLow]};
      end
      FmtVdMemShift: begin
        used = 64'hffffffff0f83ffff;
        decoded.rd = '{RegV, 1'b0, 1'b1, word[RdHigh:RdLow]};
        decoded.rs1 = '{RegX, 1'b1, 1'b0, word[Rs1High:Rs1Low]};
        decoded.imm = {{16{word[ImmHigh]}}, word[ImmHigh:ImmLow]};
        decoded.rs3.index = word[Rs3High:Rs3Low];
      end
      FmtMemVs2: begin
        used = 64'hffffffff007fe0ff;
        decoded.rs1 = '{RegX, 1'b1, 1'b0, word[Rs1High:Rs1Low]};
        decoded.imm = {{16{word[ImmHigh]}}, word[ImmHigh:ImmLow]};
        decoded.rs2 = '{RegV, 1'b1, 1'b0, word[Rs2High:Rs2Low]};
      end
      FmtXdMem: begin
        used = 64'hffffffff0003ffff;
        decoded.rd = '{RegX, 1'b0, 1'b1, word[RdHigh:RdLow]};
        decoded.rs1 = '{RegX, 1'b1, 1'b0, word[Rs1High:Rs1Low]};
        decoded.imm = {{16{word[ImmHigh]}}, word[ImmHigh:ImmLow]};
      end
      FmtMemXs2: begin
        used = 64'hffffffff007fe0ff;
        decoded.rs1 = '{RegX, 1'b1, 1'b0, word[Rs1High:Rs1Low]};
        decoded.imm = {{16{word[ImmHigh]}}, word[ImmHigh:ImmLow]};
        decoded.rs2 = '{RegX, 1'b1, 1'b0, word[Rs2High:Rs2Low]};
      end
      FmtVdVs1Vs2: begin
        used = 64'h00000000007fffff;
        decoded.rd = '{RegV, 1'b0, 1'b1, word[RdHigh:RdLow]};
        decoded.rs1 = '{RegV, 1'b1, 1'b0, word[Rs1High:Rs1Low]};
        decoded.rs2 = '{RegV, 1'b1, 1'b0, word[Rs2High:Rs2Low]};
      end
      FmtVdVs1Xs2: begin
        used = 64'h00000000007fffff;
        decoded.rd = '{RegV, 1'b0, 1'b1, word[RdHigh:RdLow]};
        decoded.rs1 = '{RegV, 1'b1, 1'b0, word[Rs1High:Rs1Low]};
        decoded.rs2 = '{RegX, 1'b1, 1'b0, word[Rs2High:Rs2Low]};
      end
      FmtVdXs1Vs2: begin
        used = 64'h00000000007fffff;
        decoded.rd = '{RegV, 1'b0, 1'b1, word[RdHigh:RdLow]};
        decoded.rs1 = '{RegX, 1'b1, 1'b0, word[Rs1High:Rs1Low]};
        decoded.rs2 = '{RegV, 1'b1, 1'b0, word[Rs2High:Rs2Low]};
      end
      FmtVdXs1: begin
        used = 64'h000000000003ffff;
        decoded.rd = '{RegV, 1'b0, 1'b1, word[RdHigh:RdLow]};
        decoded.rs1 = '{RegX, 1'b1, 1'b0, word[Rs1High:Rs1Low]};
      end
      FmtVdVs1: begin
        used = 64'h000000000003ffff;
        decoded.rd = '{RegV, 1'b0, 1'b1, word[RdHigh:RdLow]};
        decoded.rs1 = '{RegV, 1'b1, 1'b0, word[Rs1High:Rs1Low]};
      end
      FmtVdVs1Eps: begin
        used = 64'hffffffff0003ffff;
        decoded.rd = '{RegV, 1'b0, 1'b1, word[RdHigh:RdLow]};
        decoded.rs1 = '{RegV, 1'b1, 1'b0, word[Rs1High:Rs1Low]};
        decoded.imm = {{16{1'b0}}, word[ImmHigh:ImmLow]};
      end
      FmtQdVs1: begin
        used = 64'h000000000003ffff;
        decoded.rd = '{RegQ, 1'b0, 1'b1, word[RdHigh:RdLow]};
        decoded.rs1 = '{RegV, 1'b1, 1'b0, word[Rs1High:Rs1Low]};
      end
      FmtXindexXmaxVs2Xs3: begin
        used = 64'h000000000fffffff;
        decoded.rd = '{RegX, 1'b1, 1'b1, word[RdHigh:RdLow]};
        decoded.rs1 = '{RegX, 1'b1, 1'b1, word[Rs1High:Rs1Low]};
        decoded.rs2 = '{RegV, 1'b1, 1'b0, word[Rs2High:Rs2Low]};
        decoded.rs3 = '{RegX, 1'b1, 1'b0, word[Rs3High:Rs3Low]};
        in_range = decoded.rd.index != '0 &&
            decoded.rs1.index != '0 &&
            decoded.rd.index != decoded.rs1.index;
      end
      FmtVdQsMemXs2: begin
        used = 64'hffffffff0fffffff;
        decoded.rd = '{RegV, 1'b0, 1'b1, word[RdHigh:RdLow]};
        decoded.rs3 = '{RegQ, 1'b1, 1'b0, word[Rs3High:Rs3Low]};
        decoded.rs1 = '{RegX, 1'b1, 1'b0, word[Rs1High:Rs1Low]};
        decoded.imm = {{16{word[ImmHigh]}}, word[ImmHigh:ImmLow]};
        decoded.rs2 = '{RegX, 1'b1, 1'b0, word[Rs2High:Rs2Low]};
      end
      FmtXdImm48: begin
        used = 64'hffffffffffff1fff;
        decoded.rd = '{RegX, 1'b0, 1'b1, word[RdHigh:RdLow]};
        decoded.imm = word[Imm48High:Imm48Low];
      end
      FmtXdXs1Xs2: begin
        used = 64'h00000000007fffff;
        decoded.rd = '{RegX, 1'b0, 1'b1, word[RdHigh:RdLow]};
        decoded.rs1 = '{RegX, 1'b1, 1'b0, word[Rs1High:Rs1Low]};
        decoded.rs2 = '{RegX, 1'b1, 1'b0, word[Rs2High:Rs2Low]};
      end
      FmtXdXs1Imm: begin
        used = 64'hffffffff0003ffff;
        decoded.rd = '{RegX, 1'b0, 1'b1, word[RdHigh:RdLow]};
        decoded.rs1 = '{RegX, 1'b1, 1'b0, word[Rs1High:Rs1Low]};
        decoded.imm = {{16{word[ImmHigh]}}, word[ImmHigh:ImmLow]};
      end
      FmtXdXs1Shamt: begin
        used = 64'hffffffff0003ffff;
        decoded.rd = '{RegX, 1'b0, 1'b1, word[RdHigh:RdLow]};
        decoded.rs1 = '{RegX, 1'b1, 1'b0, word[Rs1High:Rs1Low]};
        decoded.imm = {{16{1'b0}}, word[ImmHigh:ImmLow]};
        in_range = word[ImmHigh:ImmLow] <= 32'd63;
      end
      FmtXdTarget: begin
        used = 64'hffffffff00001fff;
        decoded.rd = '{RegX, 1'b0, 1'b1, word[RdHigh:RdLow]};
        decoded.imm = {{16{word[ImmHigh]}}, word[ImmHigh:ImmLow]};
      end
      FmtXs1Xs2Target: begin
        used = 64'hffffffff007fe0ff;
        decoded.rs1 = '{RegX, 1'b1, 1'b0, word[Rs1High:Rs1Low]};
        decoded.rs2 = '{RegX, 1'b1, 1'b0, word[Rs2High:Rs2Low]};
        decoded.imm = {{16{word[ImmHigh]}}, word[ImmHigh:ImmLow]};
      end
      FmtXs1: begin
        used = 64'h000000000003e0ff;
        decoded.rs1 = '{RegX, 1'b1, 1'b0, word[Rs1High:Rs1Low]};
      end
      FmtUimm: begin
        used = 64'hffffffff000000ff;
        decoded.imm = {{16{1'b0}}, word[ImmHigh:ImmLow]};
      end
      FmtXdCsr: begin
        used = 64'hffffffff00001fff;
        decoded.rd = '{RegX, 1'b0, 1'b1, word[RdHigh:RdLow]};
        decoded.imm = {{16{1'b0}}, word[ImmHigh:ImmLow]};
        in_range = word[ImmHigh:ImmLow] <= 32'd5;
      end
      FmtXd: begin
        used = 64'h0000000000001fff;
        decoded.rd = '{RegX, 1'b0, 1'b1, word[RdHigh:RdLow]};
      end
      FmtNone: begin
        used = 64'h00000000000000ff;
      end
      default: used = '0;
    endcase

    decoded.legal = info.known && in_range && (word & ~used) == '0 &&
        register_exists(decoded.rd.file, decoded.rd.index) &&
        register_exists(decoded.rs1.file, decoded.rs1.index) &&
        register_exists(decoded.rs2.file, decoded.rs2.index) &&
        register_exists(decoded.rs3.file, decoded.rs3.index);
    return decoded.legal ? decoded : '0;
  endfunction

  // A hardware configuration: the limits that a program can notice, and what the core is built of.
  typedef struct packed {
    int unsigned vlmax;          // longest vector, in elements
    logic [63:0] dram_bytes;     // bytes of DRAM
    int unsigned instructions;   // capacity of the instruction memory
    int unsigned queue_entries;  // entries of each queue
    logic has_t4;  // runs tmatmul.t4
    logic has_t5;  // runs tmatmul.t5
    int unsigned channels;  // DRAM channels, over which granules are interleaved
    int unsigned beat_bytes;  // bytes that a channel moves in a clock: a granule
    int unsigned lanes;  // elements a clock of the vector units
    int unsigned product_granules;  // granules a clock of the ternary unit; so many banks hold fetched weights
    int unsigned weight_fifo;  // granules of weights in a bank
    int unsigned vector_fifo;  // granules in flight of a vector load or store, for each channel
    int unsigned issue_queue;  // vector instructions that wait for their unit
    int unsigned burst;  // beats of the longest AXI burst
    int unsigned outstanding;  // read bursts of weights in flight, for each channel
  } config_t;

  // The longest vector of any configuration.
  localparam int unsigned MaxVlmax = 8192;

  // one narrow DRAM channel: simulates fast, fits a small FPGA
  localparam config_t ConfigTiny = '{
    vlmax: 2048,
    dram_bytes: 64'h10000000,
    instructions: 1024,
    queue_entries: 16,
    has_t4: 1'b1,
    has_t5: 1'b1,
    channels: 1,
    beat_bytes: 8,
    lanes: 8,
    product_granules: 2,
    weight_fifo: 512,
    vector_fifo: 64,
    issue_queue: 16,
    burst: 32,
    outstanding: 4
  };

  // the published core's memory path: 8 bits an access, one access outstanding
  localparam config_t ConfigPaper = '{
    vlmax: 2048,
    dram_bytes: 64'h800000000,
    instructions: 4096,
    queue_entries: 16,
    has_t4: 1'b1,
    has_t5: 1'b1,
    channels: 1,
    beat_bytes: 1,
    lanes: 4,
    product_granules: 4,
    weight_fifo: 16,
    vector_fifo: 16,
    issue_queue: 2,
    burst: 1,
    outstanding: 1
  };

  // Intel D5005: four 512-bit DDR4-2400 channels, 32 GiB
  localparam config_t ConfigD5005 = '{
    vlmax: 8192,
    dram_bytes: 64'h800000000,
    instructions: 4096,
    queue_entries: 256,
    has_t4: 1'b1,
    has_t5: 1'b1,
    channels: 4,
    beat_bytes: 64,
    lanes: 64,
    product_granules: 8,
    weight_fifo: 1024,
    vector_fifo: 64,
    issue_queue: 64,
    burst: 64,
    outstanding: 4
  };

  // Every configuration, so that a tool can choose one by a number.
  localparam int unsigned NumConfigs = 3;
  function automatic config_t config_at(int unsigned index);
    unique case (index)
      0: return ConfigTiny;
      1: return ConfigPaper;
      2: return ConfigD5005;
      default: return '0;
    endcase
  endfunction

  // fetch, decode, execute: what every instruction takes
  localparam int unsigned ClocksFrontInstruction = 3;
  // more for jal, jalr and a taken branch: check of the target
  localparam int unsigned ClocksFrontJump = 1;
  // more for the scalar mul: pipeline of the multiplier
  localparam int unsigned ClocksFrontMultiply = 4;
  // more for tmatmul: the size of its matrix
  localparam int unsigned ClocksFrontMatrix = 2;
  // more for an access to memory: check of its range
  localparam int unsigned ClocksFrontAddress = 1;
  // more for what goes on elsewhere: into the issue queue, or to the scalar load
  localparam int unsigned ClocksFrontDispatch = 1;
  // add, sub, mul, splat: from a word's read to its result's write
  localparam int unsigned ClocksRowwiseDepth = 6;
  // exp, sig, silu: from a word's read to its result's write
  localparam int unsigned ClocksRowwiseFunction = 11;
  // div: from a word's read to the next word's
  localparam int unsigned ClocksRowwiseDivide = 17;
  // div: beyond its words' clocks
  localparam int unsigned ClocksRowwiseDivideDepth = 5;
  // from the start of a load or store to the request for its first burst
  localparam int unsigned ClocksLsuRequest = 2;
  // from the last granule of a word to its write to the vector register
  localparam int unsigned ClocksLsuLoadWrite = 4;
  // from the start of sv to its first granule at the memory port
  localparam int unsigned ClocksLsuVectorData = 4;
  // from the start of sw or sd to its granule at the memory port
  localparam int unsigned ClocksLsuScalarData = 3;
  // from the last response of a store to its end
  localparam int unsigned ClocksLsuStoreDone = 1;
  // from a load that is accepted to its request
  localparam int unsigned ClocksScalarLoadRequest = 1;
  // from its last granule to the result
  localparam int unsigned ClocksScalarLoadResult = 1;
  // from a request that is accepted to the AXI address
  localparam int unsigned ClocksMemoryPortRequest = 1;
  // from a granule that is accepted to the AXI data
  localparam int unsigned ClocksMemoryPortWriteData = 1;
  // norm: beyond its two passes; 32 of them are the division
  localparam int unsigned ClocksRmsNorm = 50;
  // quant: beyond its two passes
  localparam int unsigned ClocksRmsQuant = 12;
  // argmax: beyond its pass
  localparam int unsigned ClocksRmsArgmax = 8;
  // from start to done, beside beats, levels of the adder tree and words written at the end
  localparam int unsigned ClocksTmatmulDepth = 9;
  // from the acceptance of a matrix to the request of its first burst, in an idle channel
  localparam int unsigned ClocksWeightFetchRequest = 4;
  // from the acceptance of a burst's request to the request of the next
  localparam int unsigned ClocksWeightFetchBurst = 3;
  // the same, when the next burst is of the next matrix
  localparam int unsigned ClocksWeightFetchMatrix = 4;
  // from the arrival of a burst's last granule to the request of a burst that waited for that
  localparam int unsigned ClocksWeightFetchRetry = 1;
  // from a pop to the request of a burst that waited for the room
  localparam int unsigned ClocksWeightFetchCredit = 2;
  // from a granule's arrival to its being at the head of an empty bank
  localparam int unsigned ClocksWeightFetchPop = 2;
  // from the arrival of a matrix's last granule to fetched
  localparam int unsigned ClocksWeightFetchFetched = 2;

  // 2 bits a trit: bits 2j+1..2j of a byte are row j; 00 = 0, 01 = +1, 11 = -1, 10 = 0
  localparam int unsigned T4TritsPerByte = 4;
  // The trits of a byte, two bits of two's complement each, its first row in the lowest bits.
  localparam logic [7:0] T4Trits [256] = '{
    8'h00, 8'h01, 8'h00, 8'h03, 8'h04, 8'h05, 8'h04, 8'h07, 8'h00, 8'h01, 8'h00, 8'h03, 8'h0c,
    8'h0d, 8'h0c, 8'h0f, 8'h10, 8'h11, 8'h10, 8'h13, 8'h14, 8'h15, 8'h14, 8'h17, 8'h10, 8'h11,
    8'h10, 8'h13, 8'h1c, 8'h1d, 8'h1c, 8'h1f, 8'h00, 8'h01, 8'h00, 8'h03, 8'h04, 8'h05, 8'h04,
    8'h07, 8'h00, 8'h01, 8'h00, 8'h03, 8'h0c, 8'h0d, 8'h0c, 8'h0f, 8'h30, 8'h31, 8'h30, 8'h33,
    8'h34, 8'h35, 8'h34, 8'h37, 8'h30, 8'h31, 8'h30, 8'h33, 8'h3c, 8'h3d, 8'h3c, 8'h3f, 8'h40,
    8'h41, 8'h40, 8'h43, 8'h44, 8'h45, 8'h44, 8'h47, 8'h40, 8'h41, 8'h40, 8'h43, 8'h4c, 8'h4d,
    8'h4c, 8'h4f, 8'h50, 8'h51, 8'h50, 8'h53, 8'h54, 8'h55, 8'h54, 8'h57, 8'h50, 8'h51, 8'h50,
    8'h53, 8'h5c, 8'h5d, 8'h5c, 8'h5f, 8'h40, 8'h41, 8'h40, 8'h43, 8'h44, 8'h45, 8'h44, 8'h47,
    8'h40, 8'h41, 8'h40, 8'h43, 8'h4c, 8'h4d, 8'h4c, 8'h4f, 8'h70, 8'h71, 8'h70, 8'h73, 8'h74,
    8'h75, 8'h74, 8'h77, 8'h70, 8'h71, 8'h70, 8'h73, 8'h7c, 8'h7d, 8'h7c, 8'h7f, 8'h00, 8'h01,
    8'h00, 8'h03, 8'h04, 8'h05, 8'h04, 8'h07, 8'h00, 8'h01, 8'h00, 8'h03, 8'h0c, 8'h0d, 8'h0c,
    8'h0f, 8'h10, 8'h11, 8'h10, 8'h13, 8'h14, 8'h15, 8'h14, 8'h17, 8'h10, 8'h11, 8'h10, 8'h13,
    8'h1c, 8'h1d, 8'h1c, 8'h1f, 8'h00, 8'h01, 8'h00, 8'h03, 8'h04, 8'h05, 8'h04, 8'h07, 8'h00,
    8'h01, 8'h00, 8'h03, 8'h0c, 8'h0d, 8'h0c, 8'h0f, 8'h30, 8'h31, 8'h30, 8'h33, 8'h34, 8'h35,
    8'h34, 8'h37, 8'h30, 8'h31, 8'h30, 8'h33, 8'h3c, 8'h3d, 8'h3c, 8'h3f, 8'hc0, 8'hc1, 8'hc0,
    8'hc3, 8'hc4, 8'hc5, 8'hc4, 8'hc7, 8'hc0, 8'hc1, 8'hc0, 8'hc3, 8'hcc, 8'hcd, 8'hcc, 8'hcf,
    8'hd0, 8'hd1, 8'hd0, 8'hd3, 8'hd4, 8'hd5, 8'hd4, 8'hd7, 8'hd0, 8'hd1, 8'hd0, 8'hd3, 8'hdc,
    8'hdd, 8'hdc, 8'hdf, 8'hc0, 8'hc1, 8'hc0, 8'hc3, 8'hc4, 8'hc5, 8'hc4, 8'hc7, 8'hc0, 8'hc1,
    8'hc0, 8'hc3, 8'hcc, 8'hcd, 8'hcc, 8'hcf, 8'hf0, 8'hf1, 8'hf0, 8'hf3, 8'hf4, 8'hf5, 8'hf4,
    8'hf7, 8'hf0, 8'hf1, 8'hf0, 8'hf3, 8'hfc, 8'hfd, 8'hfc, 8'hff
  };

  // 5 trits a byte: base-3 digits, row 0 least significant; 0 = 0, 1 = +1, 2 = -1; bytes 243..255
  // are five zeros
  localparam int unsigned T5TritsPerByte = 5;
  // The trits of a byte, two bits of two's complement each, its first row in the lowest bits.
  localparam logic [9:0] T5Trits [256] = '{
    10'h000, 10'h001, 10'h003, 10'h004, 10'h005, 10'h007, 10'h00c, 10'h00d, 10'h00f, 10'h010,
    10'h011, 10'h013, 10'h014, 10'h015, 10'h017, 10'h01c, 10'h01d, 10'h01f, 10'h030, 10'h031,
    10'h033, 10'h034, 10'h035, 10'h037, 10'h03c, 10'h03d, 10'h03f, 10'h040, 10'h041, 10'h043,
    10'h044, 10'h045, 10'h047, 10'h04c, 10'h04d, 10'h04f, 10'h050, 10'h051, 10'h053, 10'h054,
    10'h055, 10'h057, 10'h05c, 10'h05d, 10'h05f, 10'h070, 10'h071, 10'h073, 10'h074, 10'h075,
    10'h077, 10'h07c, 10'h07d, 10'h07f, 10'h0c0, 10'h0c1, 10'h0c3, 10'h0c4, 10'h0c5, 10'h0c7,
    10'h0cc, 10'h0cd, 10'h0cf, 10'h0d0, 10'h0d1, 10'h0d3, 10'h0d4, 10'h0d5, 10'h0d7, 10'h0dc,
    10'h0dd, 10'h0df, 10'h0f0, 10'h0f1, 10'h0f3, 10'h0f4, 10'h0f5, 10'h0f7, 10'h0fc, 10'h0fd,
    10'h0ff, 10'h100, 10'h101, 10'h103, 10'h104, 10'h105, 10'h107, 10'h10c, 10'h10d, 10'h10f,
    10'h110, 10'h111, 10'h113, 10'h114, 10'h115, 10'h117, 10'h11c, 10'h11d, 10'h11f, 10'h130,
    10'h131, 10'h133, 10'h134, 10'h135, 10'h137, 10'h13c, 10'h13d, 10'h13f, 10'h140, 10'h141,
    10'h143, 10'h144, 10'h145, 10'h147, 10'h14c, 10'h14d, 10'h14f, 10'h150, 10'h151, 10'h153,
    10'h154, 10'h155, 10'h157, 10'h15c, 10'h15d, 10'h15f, 10'h170, 10'h171, 10'h173, 10'h174,
    10'h175, 10'h177, 10'h17c, 10'h17d, 10'h17f, 10'h1c0, 10'h1c1, 10'h1c3, 10'h1c4, 10'h1c5,
    10'h1c7, 10'h1cc, 10'h1cd, 10'h1cf, 10'h1d0, 10'h1d1, 10'h1d3, 10'h1d4, 10'h1d5, 10'h1d7,
    10'h1dc, 10'h1dd, 10'h1df, 10'h1f0, 10'h1f1, 10'h1f3, 10'h1f4, 10'h1f5, 10'h1f7, 10'h1fc,
    10'h1fd, 10'h1ff, 10'h300, 10'h301, 10'h303, 10'h304, 10'h305, 10'h307, 10'h30c, 10'h30d,
    10'h30f, 10'h310, 10'h311, 10'h313, 10'h314, 10'h315, 10'h317, 10'h31c, 10'h31d, 10'h31f,
    10'h330, 10'h331, 10'h333, 10'h334, 10'h335, 10'h337, 10'h33c, 10'h33d, 10'h33f, 10'h340,
    10'h341, 10'h343, 10'h344, 10'h345, 10'h347, 10'h34c, 10'h34d, 10'h34f, 10'h350, 10'h351,
    10'h353, 10'h354, 10'h355, 10'h357, 10'h35c, 10'h35d, 10'h35f, 10'h370, 10'h371, 10'h373,
    10'h374, 10'h375, 10'h377, 10'h37c, 10'h37d, 10'h37f, 10'h3c0, 10'h3c1, 10'h3c3, 10'h3c4,
    10'h3c5, 10'h3c7, 10'h3cc, 10'h3cd, 10'h3cf, 10'h3d0, 10'h3d1, 10'h3d3, 10'h3d4, 10'h3d5,
    10'h3d7, 10'h3dc, 10'h3dd, 10'h3df, 10'h3f0, 10'h3f1, 10'h3f3, 10'h3f4, 10'h3f5, 10'h3f7,
    10'h3fc, 10'h3fd, 10'h3ff, 10'h000, 10'h000, 10'h000, 10'h000, 10'h000, 10'h000, 10'h000,
    10'h000, 10'h000, 10'h000, 10'h000, 10'h000, 10'h000
  };

  // round(log2(e) * 2^TableFractionBits)
  localparam logic [30:0] Log2E = 31'd1549082005;

  // EXP2[j] = round(2^(j / 1024) * 2^30), j = 0 .. 1024
  localparam logic [31:0] Exp2 [1025] = '{
    32'h40000000, 32'h400b1818, 32'h4016321b, 32'h40214e0c, 32'h402c6be9, 32'h40378bb4,
    32'h4042ad6d, 32'h404dd113, 32'h4058f6a8, 32'h40641e2b, 32'h406f479e, 32'h407a7300,
    32'h4085a051, 32'h4090cf92, 32'h409c00c4, 32'h40a733e6, 32'h40b268fa, 32'h40bd9fff,
    32'h40c8d8f5, 32'h40d413dd, 32'h40df50b8, 32'h40ea8f86, 32'h40f5d046, 32'h410112fa,
    32'h410c57a2, 32'h41179e3d, 32'h4122e6cd, 32'h412e3152, 32'h41397dcc, 32'h4144cc3b,
    32'h41501ca0, 32'h415b6efb, 32'h4166c34c, 32'h41721995, 32'h417d71d4, 32'h4188cc0a,
    32'h41942839, 32'h419f8660, 32'h41aae67f, 32'h41b64896, 32'h41c1aca7, 32'h41cd12b2,
    32'h41d87ab6, 32'h41e3e4b5, 32'h41ef50ae, 32'h41fabea2, 32'h42062e91, 32'h4211a07b,
    32'h421d1462, 32'h42288a45, 32'h42340224, 32'h423f7c00, 32'h424af7da, 32'h425675b1,
    32'h4261f586, 32'h426d7759, 32'h4278fb2b, 32'h428480fc, 32'h429008cc, 32'h429b929c,
    32'h42a71e6c, 32'h42b2ac3d, 32'h42be3c0e, 32'h42c9cde0, 32'h42d561b4, 32'h42e0f789,
    32'h42ec8f61, 32'h42f8293b, 32'h4303c518, 32'h430f62f8, 32'h431b02db, 32'h4326a4c2,
    32'h433248ae, 32'h433dee9e, 32'h43499693, 32'h4355408d, 32'h4360ec8d, 32'h436c9a93,
    32'h43784a9f, 32'h4383fcb2, 32'h438fb0cb, 32'h439b66ec, 32'h43a71f15, 32'h43b2d946,
    32'h43be957f, 32'h43ca53c2, 32'h43d6140d, 32'h43e1d661, 32'h43ed9ac0, 32'h43f96129,
    32'h4405299c, 32'h4410f41a, 32'h441cc0a3, 32'h44288f38, 32'h44345fd9, 32'h44403286,
    32'h444c0740, 32'h4457de07, 32'h4463b6db, 32'h446f91bd, 32'h447b6ead, 32'h44874dac,
    32'h44932eb9, 32'h449f11d6, 32'h44aaf702, 32'h44b6de3e, 32'h44c2c78a, 32'h44ceb2e6,
    32'h44daa054, 32'h44e68fd3, 32'h44f28163, 32'h44fe7506, 32'h450a6abb, 32'h45166282,
    32'h45225c5d, 32'h452e584b, 32'h453a564d, 32'h45465663, 32'h4552588e, 32'h455e5cce,
    32'h456a6323, 32'h45766b8d, 32'h4582760e, 32'h458e82a4, 32'h459a9152, 32'h45a6a216,
    32'h45b2b4f2, 32'h45bec9e6, 32'h45cae0f2, 32'h45d6fa16, 32'h45e31554, 32'h45ef32aa,
    32'h45fb521a, 32'h460773a4, 32'h46139749, 32'h461fbd08, 32'h462be4e2, 32'h46380ed8,
    32'h46443ae9, 32'h46506917, 32'h465c9961, 32'h4668cbc8, 32'h4675004c, 32'h468136ee,
    32'h468d6fae, 32'h4699aa8c, 32'h46a5e789, 32'h46b226a5, 32'h46be67e0, 32'h46caab3c,
    32'h46d6f0b7, 32'h46e33853, 32'h46ef8210, 32'h46fbcdee, 32'h47081bee, 32'h47146c10,
    32'h4720be55, 32'h472d12bc, 32'h47396946, 32'h4745c1f4, 32'h47521cc6, 32'h475e79bc,
    32'h476ad8d6, 32'h47773a16, 32'h47839d7b, 32'h47900306, 32'h479c6ab6, 32'h47a8d48e,
    32'h47b5408c, 32'h47c1aeb1, 32'h47ce1efe, 32'h47da9173, 32'h47e70611, 32'h47f37cd7,
    32'h47fff5c6, 32'h480c70df, 32'h4818ee22, 32'h48256d8e, 32'h4831ef26, 32'h483e72e8,
    32'h484af8d6, 32'h485780ef, 32'h48640b35, 32'h487097a7, 32'h487d2646, 32'h4889b712,
    32'h48964a0c, 32'h48a2df34, 32'h48af768a, 32'h48bc100f, 32'h48c8abc3, 32'h48d549a6,
    32'h48e1e9ba, 32'h48ee8bfe, 32'h48fb3072, 32'h4907d717, 32'h49147fee, 32'h49212af7,
    32'h492dd831, 32'h493a879f, 32'h4947393f, 32'h4953ed12, 32'h4960a319, 32'h496d5b55,
    32'h497a15c4, 32'h4986d269, 32'h49939143, 32'h49a05252, 32'h49ad1598, 32'h49b9db13,
    32'h49c6a2c6, 32'h49d36caf, 32'h49e038d0, 32'h49ed0729, 32'h49f9d7bb, 32'h4a06aa85,
    32'h4a137f88, 32'h4a2056c4, 32'h4a2d303b, 32'h4a3a0beb, 32'h4a46e9d6, 32'h4a53c9fc,
    32'h4a60ac5e, 32'h4a6d90fb, 32'h4a7a77d4, 32'h4a8760ea, 32'h4a944c3d, 32'h4aa139cd,
    32'h4aae299b, 32'h4abb1ba7, 32'h4ac80ff2, 32'h4ad5067b, 32'h4ae1ff43, 32'h4aeefa4c,
    32'h4afbf794, 32'h4b08f71c, 32'h4b15f8e6, 32'h4b22fcf1, 32'h4b30033d, 32'h4b3d0bcb,
    32'h4b4a169c, 32'h4b5723af, 32'h4b643305, 32'h4b7144a0, 32'h4b7e587e, 32'h4b8b6ea0,
    32'h4b988707, 32'h4ba5a1b3, 32'h4bb2bea5, 32'h4bbfdddd, 32'h4bccff5b, 32'h4bda231f,
    32'h4be7492b, 32'h4bf4717e, 32'h4c019c19, 32'h4c0ec8fd, 32'h4c1bf829, 32'h4c29299e,
    32'h4c365d5d, 32'h4c439365, 32'h4c50cbb8, 32'h4c5e0655, 32'h4c6b433e, 32'h4c788271,
    32'h4c85c3f1, 32'h4c9307bd, 32'h4ca04dd6, 32'h4cad963c, 32'h4cbae0ef, 32'h4cc82df0,
    32'h4cd57d3f, 32'h4ce2cedd, 32'h4cf022ca, 32'h4cfd7906, 32'h4d0ad192, 32'h4d182c6e,
    32'h4d25899c, 32'h4d32e91a, 32'h4d404ae9, 32'h4d4daf0b, 32'h4d5b157e, 32'h4d687e45,
    32'h4d75e95e, 32'h4d8356cb, 32'h4d90c68b, 32'h4d9e38a0, 32'h4dabad0a, 32'h4db923c9,
    32'h4dc69cdd, 32'h4dd41847, 32'h4de19607, 32'h4def161e, 32'h4dfc988c, 32'h4e0a1d52,
    32'h4e17a470, 32'h4e252de6, 32'h4e32b9b4, 32'h4e4047dc, 32'h4e4dd85d, 32'h4e5b6b38,
    32'h4e69006e, 32'h4e7697fe, 32'h4e8431ea, 32'h4e91ce31, 32'h4e9f6cd4, 32'h4ead0dd3,
    32'h4ebab12f, 32'h4ec856e9, 32'h4ed5ff00, 32'h4ee3a975, 32'h4ef15648, 32'h4eff057b,
    32'h4f0cb70c, 32'h4f1a6afe, 32'h4f28214f, 32'h4f35da01, 32'h4f439514, 32'h4f515288,
    32'h4f5f125e, 32'h4f6cd496, 32'h4f7a9930, 32'h4f88602e, 32'h4f96298f, 32'h4fa3f553,
    32'h4fb1c37c, 32'h4fbf940a, 32'h4fcd66fd, 32'h4fdb3c55, 32'h4fe91413, 32'h4ff6ee37,
    32'h5004cac2, 32'h5012a9b4, 32'h50208b0e, 32'h502e6ecf, 32'h503c54f9, 32'h504a3d8c,
    32'h50582888, 32'h506615ed, 32'h507405bd, 32'h5081f7f7, 32'h508fec9c, 32'h509de3ac,
    32'h50abdd28, 32'h50b9d911, 32'h50c7d765, 32'h50d5d827, 32'h50e3db56, 32'h50f1e0f3,
    32'h50ffe8fe, 32'h510df378, 32'h511c0061, 32'h512a0fb9, 32'h51382182, 32'h514635ba,
    32'h51544c64, 32'h5162657e, 32'h5170810b, 32'h517e9f09, 32'h518cbf7a, 32'h519ae25d,
    32'h51a907b4, 32'h51b72f7f, 32'h51c559be, 32'h51d38672, 32'h51e1b59a, 32'h51efe738,
    32'h51fe1b4c, 32'h520c51d6, 32'h521a8ad7, 32'h5228c64f, 32'h5237043f, 32'h524544a6,
    32'h52538786, 32'h5261ccdf, 32'h527014b1, 32'h527e5efd, 32'h528cabc3, 32'h529afb04,
    32'h52a94cc0, 32'h52b7a0f7, 32'h52c5f7aa, 32'h52d450d9, 32'h52e2ac85, 32'h52f10aae,
    32'h52ff6b55, 32'h530dce7a, 32'h531c341d, 32'h532a9c3f, 32'h533906e0, 32'h53477402,
    32'h5355e3a3, 32'h536455c5, 32'h5372ca68, 32'h5381418d, 32'h538fbb33, 32'h539e375c,
    32'h53acb607, 32'h53bb3736, 32'h53c9bae9, 32'h53d8411f, 32'h53e6c9da, 32'h53f5551b,
    32'h5403e2e0, 32'h5412732b, 32'h542105fd, 32'h542f9b55, 32'h543e3335, 32'h544ccd9c,
    32'h545b6a8b, 32'h546a0a03, 32'h5478ac03, 32'h5487508d, 32'h5495f7a1, 32'h54a4a13f,
    32'h54b34d67, 32'h54c1fc1b, 32'h54d0ad5a, 32'h54df6126, 32'h54ee177d, 32'h54fcd062,
    32'h550b8bd4, 32'h551a49d4, 32'h55290a61, 32'h5537cd7e, 32'h55469329, 32'h55555b65,
    32'h55642630, 32'h5572f38b, 32'h5581c378, 32'h559095f5, 32'h559f6b05, 32'h55ae42a7,
    32'h55bd1cdb, 32'h55cbf9a2, 32'h55dad8fd, 32'h55e9baec, 32'h55f89f70, 32'h56078688,
    32'h56167035, 32'h56255c79, 32'h56344b52, 32'h56433cc3, 32'h565230ca, 32'h56612769,
    32'h567020a0, 32'h567f1c6f, 32'h568e1ad8, 32'h569d1bda, 32'h56ac1f75, 32'h56bb25ab,
    32'h56ca2e7c, 32'h56d939e7, 32'h56e847ef, 32'h56f75892, 32'h57066bd2, 32'h571581af,
    32'h57249a29, 32'h5733b542, 32'h5742d2f8, 32'h5751f34e, 32'h57611642, 32'h57703bd7,
    32'h577f640b, 32'h578e8ee0, 32'h579dbc57, 32'h57acec6e, 32'h57bc1f28, 32'h57cb5484,
    32'h57da8c83, 32'h57e9c726, 32'h57f9046c, 32'h58084457, 32'h581786e6, 32'h5826cc1a,
    32'h583613f4, 32'h58455e74, 32'h5854ab9b, 32'h5863fb69, 32'h58734dde, 32'h5882a2fb,
    32'h5891fac1, 32'h58a1552f, 32'h58b0b247, 32'h58c01209, 32'h58cf7474, 32'h58ded98b,
    32'h58ee414d, 32'h58fdabba, 32'h590d18d3, 32'h591c8899, 32'h592bfb0c, 32'h593b702d,
    32'h594ae7fb, 32'h595a6278, 32'h5969dfa3, 32'h59795f7e, 32'h5988e209, 32'h59986744,
    32'h59a7ef30, 32'h59b779cd, 32'h59c7071c, 32'h59d6971d, 32'h59e629d1, 32'h59f5bf37,
    32'h5a055751, 32'h5a14f21f, 32'h5a248fa2, 32'h5a342fd9, 32'h5a43d2c6, 32'h5a537869,
    32'h5a6320c3, 32'h5a72cbd3, 32'h5a82799a, 32'h5a922a19, 32'h5aa1dd50, 32'h5ab19341,
    32'h5ac14bea, 32'h5ad1074d, 32'h5ae0c56a, 32'h5af08641, 32'h5b0049d4, 32'h5b101022,
    32'h5b1fd92d, 32'h5b2fa4f4, 32'h5b3f7377, 32'h5b4f44b9, 32'h5b5f18b8, 32'h5b6eef75,
    32'h5b7ec8f2, 32'h5b8ea52d, 32'h5b9e8429, 32'h5bae65e5, 32'h5bbe4a61, 32'h5bce319f,
    32'h5bde1b9f, 32'h5bee0861, 32'h5bfdf7e5, 32'h5c0dea2d, 32'h5c1ddf38, 32'h5c2dd708,
    32'h5c3dd19c, 32'h5c4dcef5, 32'h5c5dcf14, 32'h5c6dd1f8, 32'h5c7dd7a4, 32'h5c8de016,
    32'h5c9deb50, 32'h5cadf951, 32'h5cbe0a1c, 32'h5cce1daf, 32'h5cde340b, 32'h5cee4d32,
    32'h5cfe6923, 32'h5d0e87de, 32'h5d1ea965, 32'h5d2ecdb8, 32'h5d3ef4d7, 32'h5d4f1ec3,
    32'h5d5f4b7d, 32'h5d6f7b04, 32'h5d7fad59, 32'h5d8fe27d, 32'h5da01a70, 32'h5db05533,
    32'h5dc092c7, 32'h5dd0d32b, 32'h5de11660, 32'h5df15c67, 32'h5e01a53f, 32'h5e11f0eb,
    32'h5e223f6a, 32'h5e3290bc, 32'h5e42e4e3, 32'h5e533bde, 32'h5e6395ae, 32'h5e73f254,
    32'h5e8451d0, 32'h5e94b422, 32'h5ea5194c, 32'h5eb5814d, 32'h5ec5ec26, 32'h5ed659d8,
    32'h5ee6ca62, 32'h5ef73dc6, 32'h5f07b405, 32'h5f182d1e, 32'h5f28a911, 32'h5f3927e1,
    32'h5f49a98c, 32'h5f5a2e14, 32'h5f6ab579, 32'h5f7b3fbb, 32'h5f8bccdb, 32'h5f9c5cda,
    32'h5facefb8, 32'h5fbd8575, 32'h5fce1e12, 32'h5fdeb990, 32'h5fef57ef, 32'h5ffff92f,
    32'h60109d51, 32'h60214456, 32'h6031ee3d, 32'h60429b08, 32'h60534ab7, 32'h6063fd4b,
    32'h6074b2c3, 32'h60856b21, 32'h60962665, 32'h60a6e490, 32'h60b7a5a1, 32'h60c8699a,
    32'h60d9307b, 32'h60e9fa44, 32'h60fac6f7, 32'h610b9693, 32'h611c6919, 32'h612d3e89,
    32'h613e16e4, 32'h614ef22b, 32'h615fd05e, 32'h6170b17e, 32'h6181958b, 32'h61927c85,
    32'h61a3666d, 32'h61b45344, 32'h61c5430a, 32'h61d635bf, 32'h61e72b65, 32'h61f823fb,
    32'h62091f82, 32'h621a1dfb, 32'h622b1f66, 32'h623c23c4, 32'h624d2b15, 32'h625e3559,
    32'h626f4292, 32'h628052bf, 32'h629165e2, 32'h62a27bfa, 32'h62b39509, 32'h62c4b10e,
    32'h62d5d00a, 32'h62e6f1ff, 32'h62f816eb, 32'h63093ed1, 32'h631a69af, 32'h632b9788,
    32'h633cc85b, 32'h634dfc29, 32'h635f32f2, 32'h63706cb7, 32'h6381a978, 32'h6392e936,
    32'h63a42bf2, 32'h63b571ac, 32'h63c6ba64, 32'h63d8061c, 32'h63e954d2, 32'h63faa689,
    32'h640bfb41, 32'h641d52f9, 32'h642eadb3, 32'h64400b6f, 32'h64516c2e, 32'h6462cff0,
    32'h647436b6, 32'h6485a080, 32'h64970d4f, 32'h64a87d23, 32'h64b9effc, 32'h64cb65dc,
    32'h64dcdec3, 32'h64ee5ab1, 32'h64ffd9a8, 32'h65115ba6, 32'h6522e0ad, 32'h653468be,
    32'h6545f3d9, 32'h655781ff, 32'h6569132f, 32'h657aa76b, 32'h658c3eb3, 32'h659dd908,
    32'h65af766a, 32'h65c116d9, 32'h65d2ba57, 32'h65e460e4, 32'h65f60a7f, 32'h6607b72b,
    32'h661966e7, 32'h662b19b4, 32'h663ccf92, 32'h664e8882, 32'h66604485, 32'h6672039a,
    32'h6683c5c3, 32'h66958b00, 32'h66a75352, 32'h66b91eb9, 32'h66caed35, 32'h66dcbec8,
    32'h66ee9371, 32'h67006b32, 32'h6712460b, 32'h672423fb, 32'h67360505, 32'h6747e928,
    32'h6759d065, 32'h676bbabd, 32'h677da82f, 32'h678f98bd, 32'h67a18c68, 32'h67b3832e,
    32'h67c57d12, 32'h67d77a14, 32'h67e97a34, 32'h67fb7d73, 32'h680d83d1, 32'h681f8d4f,
    32'h683199ed, 32'h6843a9ad, 32'h6855bc8e, 32'h6867d291, 32'h6879ebb6, 32'h688c07ff,
    32'h689e276b, 32'h68b049fc, 32'h68c26fb1, 32'h68d4988c, 32'h68e6c48c, 32'h68f8f3b3,
    32'h690b2601, 32'h691d5b76, 32'h692f9414, 32'h6941cfda, 32'h69540ec9, 32'h696650e2,
    32'h69789625, 32'h698ade93, 32'h699d2a2c, 32'h69af78f1, 32'h69c1cae2, 32'h69d42001,
    32'h69e6784d, 32'h69f8d3c7, 32'h6a0b3270, 32'h6a1d9447, 32'h6a2ff94f, 32'h6a426187,
    32'h6a54ccf0, 32'h6a673b8a, 32'h6a79ad56, 32'h6a8c2254, 32'h6a9e9a86, 32'h6ab115eb,
    32'h6ac39485, 32'h6ad61653, 32'h6ae89b56, 32'h6afb2390, 32'h6b0daeff, 32'h6b203da6,
    32'h6b32cf84, 32'h6b45649a, 32'h6b57fce9, 32'h6b6a9871, 32'h6b7d3733, 32'h6b8fd92f,
    32'h6ba27e65, 32'h6bb526d8, 32'h6bc7d286, 32'h6bda8171, 32'h6bed3399, 32'h6bffe8fe,
    32'h6c12a1a2, 32'h6c255d84, 32'h6c381ca6, 32'h6c4adf08, 32'h6c5da4aa, 32'h6c706d8e,
    32'h6c8339b2, 32'h6c960919, 32'h6ca8dbc3, 32'h6cbbb1b0, 32'h6cce8ae1, 32'h6ce16757,
    32'h6cf44711, 32'h6d072a11, 32'h6d1a1057, 32'h6d2cf9e4, 32'h6d3fe6b8, 32'h6d52d6d3,
    32'h6d65ca38, 32'h6d78c0e5, 32'h6d8bbadb, 32'h6d9eb81c, 32'h6db1b8a8, 32'h6dc4bc7f,
    32'h6dd7c3a1, 32'h6deace10, 32'h6dfddbcc, 32'h6e10ecd5, 32'h6e24012d, 32'h6e3718d3,
    32'h6e4a33c9, 32'h6e5d520e, 32'h6e7073a4, 32'h6e83988a, 32'h6e96c0c3, 32'h6ea9ec4d,
    32'h6ebd1b2a, 32'h6ed04d5a, 32'h6ee382de, 32'h6ef6bbb7, 32'h6f09f7e5, 32'h6f1d3768,
    32'h6f307a41, 32'h6f43c071, 32'h6f5709f9, 32'h6f6a56d8, 32'h6f7da710, 32'h6f90faa1,
    32'h6fa4518b, 32'h6fb7abd0, 32'h6fcb096f, 32'h6fde6a6a, 32'h6ff1cec1, 32'h70053675,
    32'h7018a185, 32'h702c0ff3, 32'h703f81c0, 32'h7052f6eb, 32'h70666f76, 32'h7079eb61,
    32'h708d6aad, 32'h70a0ed59, 32'h70b47368, 32'h70c7fcd9, 32'h70db89ad, 32'h70ef19e4,
    32'h7102ad80, 32'h71164480, 32'h7129dee6, 32'h713d7cb2, 32'h71511de4, 32'h7164c27d,
    32'h71786a7e, 32'h718c15e7, 32'h719fc4b9, 32'h71b376f5, 32'h71c72c9a, 32'h71dae5ab,
    32'h71eea226, 32'h7202620d, 32'h72162561, 32'h7229ec22, 32'h723db650, 32'h725183ed,
    32'h726554f8, 32'h72792973, 32'h728d015d, 32'h72a0dcb9, 32'h72b4bb85, 32'h72c89dc3,
    32'h72dc8374, 32'h72f06c97, 32'h7304592e, 32'h7318493a, 32'h732c3cba, 32'h734033af,
    32'h73542e1a, 32'h73682bfc, 32'h737c2d55, 32'h73903226, 32'h73a43a70, 32'h73b84632,
    32'h73cc556d, 32'h73e06823, 32'h73f47e54, 32'h74089800, 32'h741cb528, 32'h7430d5cd,
    32'h7444f9ef, 32'h7459218e, 32'h746d4cac, 32'h74817b49, 32'h7495ad66, 32'h74a9e303,
    32'h74be1c20, 32'h74d258bf, 32'h74e698e0, 32'h74fadc84, 32'h750f23ab, 32'h75236e56,
    32'h7537bc85, 32'h754c0e3a, 32'h75606374, 32'h7574bc34, 32'h7589187c, 32'h759d784b,
    32'h75b1dba2, 32'h75c64281, 32'h75daacea, 32'h75ef1add, 32'h76038c5b, 32'h76180164,
    32'h762c79f9, 32'h7640f61a, 32'h765575c8, 32'h7669f904, 32'h767e7fce, 32'h76930a27,
    32'h76a7980f, 32'h76bc2988, 32'h76d0be91, 32'h76e5572c, 32'h76f9f359, 32'h770e9318,
    32'h7723366b, 32'h7737dd51, 32'h774c87cc, 32'h776135dc, 32'h7775e782, 32'h778a9cbe,
    32'h779f5590, 32'h77b411fb, 32'h77c8d1fe, 32'h77dd9599, 32'h77f25cce, 32'h7807279d,
    32'h781bf607, 32'h7830c80c, 32'h78459dac, 32'h785a76ea, 32'h786f53c4, 32'h7884343d,
    32'h78991854, 32'h78ae000a, 32'h78c2eb5f, 32'h78d7da55, 32'h78ecccec, 32'h7901c325,
    32'h7916bd00, 32'h792bba7d, 32'h7940bb9e, 32'h7955c063, 32'h796ac8cd, 32'h797fd4dc,
    32'h7994e492, 32'h79a9f7ed, 32'h79bf0ef1, 32'h79d4299c, 32'h79e947ef, 32'h79fe69ec,
    32'h7a138f92, 32'h7a28b8e3, 32'h7a3de5df, 32'h7a531687, 32'h7a684adb, 32'h7a7d82dc,
    32'h7a92be8b, 32'h7aa7fde7, 32'h7abd40f3, 32'h7ad287ae, 32'h7ae7d21a, 32'h7afd2036,
    32'h7b127204, 32'h7b27c784, 32'h7b3d20b6, 32'h7b527d9c, 32'h7b67de36, 32'h7b7d4285,
    32'h7b92aa88, 32'h7ba81642, 32'h7bbd85b3, 32'h7bd2f8da, 32'h7be86fba, 32'h7bfdea51,
    32'h7c1368a3, 32'h7c28eaad, 32'h7c3e7073, 32'h7c53f9f3, 32'h7c69872f, 32'h7c7f1828,
    32'h7c94acde, 32'h7caa4551, 32'h7cbfe183, 32'h7cd58173, 32'h7ceb2523, 32'h7d00cc94,
    32'h7d1677c5, 32'h7d2c26b8, 32'h7d41d96e, 32'h7d578fe6, 32'h7d6d4a22, 32'h7d830821,
    32'h7d98c9e6, 32'h7dae8f70, 32'h7dc458c1, 32'h7dda25d8, 32'h7deff6b6, 32'h7e05cb5d,
    32'h7e1ba3cd, 32'h7e318006, 32'h7e476009, 32'h7e5d43d6, 32'h7e732b6f, 32'h7e8916d5,
    32'h7e9f0606, 32'h7eb4f906, 32'h7ecaefd3, 32'h7ee0ea6f, 32'h7ef6e8da, 32'h7f0ceb16,
    32'h7f22f122, 32'h7f38faff, 32'h7f4f08ae, 32'h7f651a30, 32'h7f7b2f85, 32'h7f9148af,
    32'h7fa765ad, 32'h7fbd8680, 32'h7fd3ab29, 32'h7fe9d3a9, 32'h80000000
  };

  // SIG[j] = round(sigmoid(j / 128) * 2^30), j = 0 .. 2048
  localparam logic [29:0] Sig [2049] = '{
    30'h20000000, 30'h201ffff5, 30'h203fffab, 30'h205ffee0, 30'h207ffd55, 30'h209ffacb,
    30'h20bff701, 30'h20dff1b6, 30'h20ffeaad, 30'h211fe1a4, 30'h213fd65c, 30'h215fc895,
    30'h217fb810, 30'h219fa48d, 30'h21bf8dce, 30'h21df7391, 30'h21ff5599, 30'h221f33a7,
    30'h223f0d7b, 30'h225ee2d6, 30'h227eb37a, 30'h229e7f29, 30'h22be45a4, 30'h22de06ac,
    30'h22fdc205, 30'h231d776f, 30'h233d26ad, 30'h235ccf82, 30'h237c71b0, 30'h239c0cfb,
    30'h23bba125, 30'h23db2df2, 30'h23fab325, 30'h241a3083, 30'h2439a5ce, 30'h245912cc,
    30'h24787741, 30'h2497d2f2, 30'h24b725a4, 30'h24d66f1b, 30'h24f5af1f, 30'h2514e574,
    30'h253411e1, 30'h2553342c, 30'h25724c1d, 30'h25915979, 30'h25b05c09, 30'h25cf5395,
    30'h25ee3fe4, 30'h260d20bf, 30'h262bf5ee, 30'h264abf3b, 30'h26697c70, 30'h26882d55,
    30'h26a6d1b5, 30'h26c5695a, 30'h26e3f410, 30'h270271a2, 30'h2720e1db, 30'h273f4488,
    30'h275d9974, 30'h277be06d, 30'h279a1940, 30'h27b843ba, 30'h27d65faa, 30'h27f46cdd,
    30'h28126b24, 30'h28305a4d, 30'h284e3a28, 30'h286c0a84, 30'h2889cb34, 30'h28a77c07,
    30'h28c51ccf, 30'h28e2ad5f, 30'h29002d87, 30'h291d9d1c, 30'h293afbf1, 30'h295849d9,
    30'h297586a8, 30'h2992b234, 30'h29afcc50, 30'h29ccd4d4, 30'h29e9cb95, 30'h2a06b069,
    30'h2a238328, 30'h2a4043a9, 30'h2a5cf1c4, 30'h2a798d52, 30'h2a96162b, 30'h2ab28c29,
    30'h2aceef27, 30'h2aeb3efe, 30'h2b077b89, 30'h2b23a4a4, 30'h2b3fba2b, 30'h2b5bbbfb,
    30'h2b77a9ef, 30'h2b9383e7, 30'h2baf49bf, 30'h2bcafb56, 30'h2be6988b, 30'h2c02213e,
    30'h2c1d954e, 30'h2c38f49d, 30'h2c543f0a, 30'h2c6f7479, 30'h2c8a94c9, 30'h2ca59fdf,
    30'h2cc0959e, 30'h2cdb75e7, 30'h2cf640a1, 30'h2d10f5af, 30'h2d2b94f7, 30'h2d461e5e,
    30'h2d6091ca, 30'h2d7aef22, 30'h2d95364d, 30'h2daf6732, 30'h2dc981ba, 30'h2de385ce,
    30'h2dfd7356, 30'h2e174a3c, 30'h2e310a6b, 30'h2e4ab3cd, 30'h2e64464d, 30'h2e7dc1d6,
    30'h2e972656, 30'h2eb073b9, 30'h2ec9a9ec, 30'h2ee2c8dc, 30'h2efbd078, 30'h2f14c0ae,
    30'h2f2d996e, 30'h2f465aa7, 30'h2f5f044a, 30'h2f779646, 30'h2f90108d, 30'h2fa87311,
    30'h2fc0bdc3, 30'h2fd8f097, 30'h2ff10b7f, 30'h30090e6e, 30'h3020f959, 30'h3038cc33,
    30'h305086f3, 30'h3068298d, 30'h307fb3f6, 30'h30972626, 30'h30ae8013, 30'h30c5c1b4,
    30'h30dceb01, 30'h30f3fbf1, 30'h310af47e, 30'h3121d4a0, 30'h31389c51, 30'h314f4b8a,
    30'h3165e245, 30'h317c607e, 30'h3192c630, 30'h31a91355, 30'h31bf47eb, 30'h31d563ed,
    30'h31eb6757, 30'h32015229, 30'h3217245e, 30'h322cddf5, 30'h32427eec, 30'h32580742,
    30'h326d76f7, 30'h3282ce0a, 30'h32980c7a, 30'h32ad3249, 30'h32c23f77, 30'h32d73404,
    30'h32ec0ff4, 30'h3300d346, 30'h33157dff, 30'h332a101f, 30'h333e89ab, 30'h3352eaa5,
    30'h33673311, 30'h337b62f3, 30'h338f7a50, 30'h33a3792c, 30'h33b75f8c, 30'h33cb2d75,
    30'h33dee2ee, 30'h33f27ffb, 30'h340604a5, 30'h341970f0, 30'h342cc4e4, 30'h34400089,
    30'h345323e5, 30'h34662f02, 30'h347921e6, 30'h348bfc9b, 30'h349ebf29, 30'h34b16999,
    30'h34c3fbf5, 30'h34d67646, 30'h34e8d896, 30'h34fb22ef, 30'h350d555c, 30'h351f6fe7,
    30'h3531729c, 30'h35435d86, 30'h355530af, 30'h3566ec24, 30'h35788ff1, 30'h358a1c22,
    30'h359b90c3, 30'h35acede2, 30'h35be338a, 30'h35cf61ca, 30'h35e078ae, 30'h35f17844,
    30'h3602609b, 30'h361331bf, 30'h3623ebc0, 30'h36348eab, 30'h36451a90, 30'h36558f7c,
    30'h3665ed80, 30'h367634ab, 30'h3686650c, 30'h36967eb2, 30'h36a681ad, 30'h36b66e0e,
    30'h36c643e4, 30'h36d6033f, 30'h36e5ac32, 30'h36f53ecb, 30'h3704bb1b, 30'h37142135,
    30'h37237128, 30'h3732ab07, 30'h3741cee2, 30'h3750dccb, 30'h375fd4d5, 30'h376eb710,
    30'h377d838e, 30'h378c3a63, 30'h379adb9f, 30'h37a96757, 30'h37b7dd9b, 30'h37c63e7f,
    30'h37d48a15, 30'h37e2c071, 30'h37f0e1a5, 30'h37feedc4, 30'h380ce4e2, 30'h381ac711,
    30'h38289466, 30'h38364cf4, 30'h3843f0ce, 30'h38518008, 30'h385efab5, 30'h386c60ea,
    30'h3879b2bb, 30'h3886f03b, 30'h3894197f, 30'h38a12e9a, 30'h38ae2fa2, 30'h38bb1caa,
    30'h38c7f5c7, 30'h38d4bb0d, 30'h38e16c90, 30'h38ee0a66, 30'h38fa94a2, 30'h39070b5a,
    30'h39136ea3, 30'h391fbe90, 30'h392bfb37, 30'h393824ad, 30'h39443b06, 30'h39503e58,
    30'h395c2eb8, 30'h39680c3a, 30'h3973d6f4, 30'h397f8efb, 30'h398b3464, 30'h3996c743,
    30'h39a247af, 30'h39adb5bc, 30'h39b91180, 30'h39c45b10, 30'h39cf9281, 30'h39dab7e9,
    30'h39e5cb5c, 30'h39f0ccf0, 30'h39fbbcba, 30'h3a069ad0, 30'h3a116748, 30'h3a1c2235,
    30'h3a26cbae, 30'h3a3163c8, 30'h3a3bea98, 30'h3a466034, 30'h3a50c4b1, 30'h3a5b1824,
    30'h3a655aa3, 30'h3a6f8c43, 30'h3a79ad19, 30'h3a83bd3a, 30'h3a8dbcbc, 30'h3a97abb4,
    30'h3aa18a37, 30'h3aab585b, 30'h3ab51634, 30'h3abec3d9, 30'h3ac8615d, 30'h3ad1eed6,
    30'h3adb6c59, 30'h3ae4d9fb, 30'h3aee37d2, 30'h3af785f2, 30'h3b00c471, 30'h3b09f362,
    30'h3b1312dc, 30'h3b1c22f3, 30'h3b2523bb, 30'h3b2e154b, 30'h3b36f7b6, 30'h3b3fcb11,
    30'h3b488f71, 30'h3b5144eb, 30'h3b59eb92, 30'h3b62837d, 30'h3b6b0cbf, 30'h3b73876d,
    30'h3b7bf39a, 30'h3b84515d, 30'h3b8ca0c8, 30'h3b94e1f1, 30'h3b9d14eb, 30'h3ba539cb,
    30'h3bad50a5, 30'h3bb5598c, 30'h3bbd5496, 30'h3bc541d5, 30'h3bcd215e, 30'h3bd4f345,
    30'h3bdcb79d, 30'h3be46e7b, 30'h3bec17f2, 30'h3bf3b415, 30'h3bfb42f9, 30'h3c02c4b0,
    30'h3c0a394e, 30'h3c11a0e7, 30'h3c18fb8e, 30'h3c204956, 30'h3c278a53, 30'h3c2ebe97,
    30'h3c35e635, 30'h3c3d0142, 30'h3c440fcf, 30'h3c4b11ef, 30'h3c5207b6, 30'h3c58f136,
    30'h3c5fce82, 30'h3c669fac, 30'h3c6d64c7, 30'h3c741de5, 30'h3c7acb19, 30'h3c816c76,
    30'h3c88020d, 30'h3c8e8bf1, 30'h3c950a33, 30'h3c9b7ce7, 30'h3ca1e41d, 30'h3ca83fe8,
    30'h3cae905a, 30'h3cb4d584, 30'h3cbb0f79, 30'h3cc13e49, 30'h3cc76207, 30'h3ccd7ac3,
    30'h3cd38890, 30'h3cd98b7e, 30'h3cdf83a0, 30'h3ce57105, 30'h3ceb53c0, 30'h3cf12be0,
    30'h3cf6f978, 30'h3cfcbc99, 30'h3d027552, 30'h3d0823b5, 30'h3d0dc7d2, 30'h3d1361ba,
    30'h3d18f17d, 30'h3d1e772d, 30'h3d23f2d9, 30'h3d296491, 30'h3d2ecc67, 30'h3d342a69,
    30'h3d397ea8, 30'h3d3ec934, 30'h3d440a1e, 30'h3d494174, 30'h3d4e6f46, 30'h3d5393a5,
    30'h3d58aea0, 30'h3d5dc046, 30'h3d62c8a6, 30'h3d67c7d2, 30'h3d6cbdd6, 30'h3d71aac3,
    30'h3d768ea9, 30'h3d7b6995, 30'h3d803b97, 30'h3d8504be, 30'h3d89c519, 30'h3d8e7cb6,
    30'h3d932ba5, 30'h3d97d1f3, 30'h3d9c6fb0, 30'h3da104ea, 30'h3da591ae, 30'h3daa160d,
    30'h3dae9213, 30'h3db305cf, 30'h3db77150, 30'h3dbbd4a2, 30'h3dc02fd5, 30'h3dc482f5,
    30'h3dc8ce11, 30'h3dcd1136, 30'h3dd14c73, 30'h3dd57fd4, 30'h3dd9ab67, 30'h3dddcf3a,
    30'h3de1eb59, 30'h3de5ffd3, 30'h3dea0cb4, 30'h3dee120a, 30'h3df20fe1, 30'h3df60646,
    30'h3df9f547, 30'h3dfddcf0, 30'h3e01bd4f, 30'h3e05966f, 30'h3e09685d, 30'h3e0d3326,
    30'h3e10f6d6, 30'h3e14b37a, 30'h3e18691e, 30'h3e1c17cf, 30'h3e1fbf98, 30'h3e236085,
    30'h3e26faa4, 30'h3e2a8dff, 30'h3e2e1aa2, 30'h3e31a09a, 30'h3e351ff2, 30'h3e3898b6,
    30'h3e3c0af1, 30'h3e3f76af, 30'h3e42dbfc, 30'h3e463ae2, 30'h3e49936e, 30'h3e4ce5ab,
    30'h3e5031a3, 30'h3e537763, 30'h3e56b6f4, 30'h3e59f062, 30'h3e5d23b9, 30'h3e605102,
    30'h3e637849, 30'h3e669998, 30'h3e69b4fa, 30'h3e6cca7a, 30'h3e6fda23, 30'h3e72e3fe,
    30'h3e75e816, 30'h3e78e676, 30'h3e7bdf28, 30'h3e7ed236, 30'h3e81bfaa, 30'h3e84a78e,
    30'h3e8789ed, 30'h3e8a66d0, 30'h3e8d3e41, 30'h3e90104b, 30'h3e92dcf6, 30'h3e95a44e,
    30'h3e98665a, 30'h3e9b2325, 30'h3e9ddab9, 30'h3ea08d1f, 30'h3ea33a60, 30'h3ea5e286,
    30'h3ea8859a, 30'h3eab23a5, 30'h3eadbcb1, 30'h3eb050c6, 30'h3eb2dfee, 30'h3eb56a31,
    30'h3eb7ef9a, 30'h3eba702f, 30'h3ebcebfb, 30'h3ebf6307, 30'h3ec1d55a, 30'h3ec442fd,
    30'h3ec6abfa, 30'h3ec91058, 30'h3ecb7021, 30'h3ecdcb5c, 30'h3ed02212, 30'h3ed2744b,
    30'h3ed4c210, 30'h3ed70b69, 30'h3ed9505e, 30'h3edb90f7, 30'h3eddcd3c, 30'h3ee00535,
    30'h3ee238eb, 30'h3ee46864, 30'h3ee693a9, 30'h3ee8bac2, 30'h3eeaddb6, 30'h3eecfc8d,
    30'h3eef174f, 30'h3ef12e04, 30'h3ef340b2, 30'h3ef54f61, 30'h3ef75a1a, 30'h3ef960e2,
    30'h3efb63c2, 30'h3efd62c1, 30'h3eff5de5, 30'h3f015537, 30'h3f0348bd, 30'h3f05387f,
    30'h3f072483, 30'h3f090cd1, 30'h3f0af16f, 30'h3f0cd264, 30'h3f0eafb7, 30'h3f108970,
    30'h3f125f94, 30'h3f14322a, 30'h3f16013a, 30'h3f17ccca, 30'h3f1994df, 30'h3f1b5982,
    30'h3f1d1ab8, 30'h3f1ed888, 30'h3f2092f8, 30'h3f224a0e, 30'h3f23fdd1, 30'h3f25ae48,
    30'h3f275b77, 30'h3f290566, 30'h3f2aac1b, 30'h3f2c4f9c, 30'h3f2defee, 30'h3f2f8d18,
    30'h3f312720, 30'h3f32be0b, 30'h3f3451e1, 30'h3f35e2a5, 30'h3f37705f, 30'h3f38fb13,
    30'h3f3a82c9, 30'h3f3c0785, 30'h3f3d894c, 30'h3f3f0826, 30'h3f408416, 30'h3f41fd24,
    30'h3f437353, 30'h3f44e6aa, 30'h3f46572e, 30'h3f47c4e5, 30'h3f492fd3, 30'h3f4a97ff,
    30'h3f4bfd6c, 30'h3f4d6021, 30'h3f4ec023, 30'h3f501d77, 30'h3f517822, 30'h3f52d028,
    30'h3f542590, 30'h3f55785e, 30'h3f56c897, 30'h3f58163f, 30'h3f59615d, 30'h3f5aa9f5,
    30'h3f5bf00a, 30'h3f5d33a4, 30'h3f5e74c5, 30'h3f5fb373, 30'h3f60efb3, 30'h3f622989,
    30'h3f6360f9, 30'h3f649609, 30'h3f65c8bd, 30'h3f66f919, 30'h3f682722, 30'h3f6952dd,
    30'h3f6a7c4d, 30'h3f6ba378, 30'h3f6cc861, 30'h3f6deb0d, 30'h3f6f0b81, 30'h3f7029c0,
    30'h3f7145ce, 30'h3f725fb1, 30'h3f73776b, 30'h3f748d02, 30'h3f75a079, 30'h3f76b1d5,
    30'h3f77c119, 30'h3f78ce4a, 30'h3f79d96b, 30'h3f7ae280, 30'h3f7be98f, 30'h3f7cee99,
    30'h3f7df1a4, 30'h3f7ef2b3, 30'h3f7ff1c9, 30'h3f80eeec, 30'h3f81ea1e, 30'h3f82e363,
    30'h3f83dabf, 30'h3f84d036, 30'h3f85c3cb, 30'h3f86b582, 30'h3f87a55f, 30'h3f889365,
    30'h3f897f97, 30'h3f8a69fa, 30'h3f8b5290, 30'h3f8c395e, 30'h3f8d1e66, 30'h3f8e01ac,
    30'h3f8ee334, 30'h3f8fc301, 30'h3f90a116, 30'h3f917d77, 30'h3f925826, 30'h3f933128,
    30'h3f94087f, 30'h3f94de2e, 30'h3f95b23a, 30'h3f9684a4, 30'h3f975571, 30'h3f9824a3,
    30'h3f98f23d, 30'h3f99be43, 30'h3f9a88b7, 30'h3f9b519e, 30'h3f9c18f8, 30'h3f9cdecb,
    30'h3f9da318, 30'h3f9e65e3, 30'h3f9f272e, 30'h3f9fe6fd, 30'h3fa0a552, 30'h3fa16230,
    30'h3fa21d9b, 30'h3fa2d794, 30'h3fa3901f, 30'h3fa4473e, 30'h3fa4fcf5, 30'h3fa5b146,
    30'h3fa66433, 30'h3fa715c0, 30'h3fa7c5ef, 30'h3fa874c3, 30'h3fa9223e, 30'h3fa9ce63,
    30'h3faa7935, 30'h3fab22b6, 30'h3fabcae9, 30'h3fac71d0, 30'h3fad176e, 30'h3fadbbc5,
    30'h3fae5ed9, 30'h3faf00aa, 30'h3fafa13d, 30'h3fb04092, 30'h3fb0deae, 30'h3fb17b91,
    30'h3fb2173f, 30'h3fb2b1ba, 30'h3fb34b03, 30'h3fb3e31f, 30'h3fb47a0e, 30'h3fb50fd3,
    30'h3fb5a470, 30'h3fb637e8, 30'h3fb6ca3d, 30'h3fb75b71, 30'h3fb7eb86, 30'h3fb87a7f,
    30'h3fb9085d, 30'h3fb99523, 30'h3fba20d3, 30'h3fbaab70, 30'h3fbb34fa, 30'h3fbbbd75,
    30'h3fbc44e2, 30'h3fbccb43, 30'h3fbd509b, 30'h3fbdd4eb, 30'h3fbe5836, 30'h3fbeda7e,
    30'h3fbf5bc4, 30'h3fbfdc0a, 30'h3fc05b53, 30'h3fc0d9a0, 30'h3fc156f4, 30'h3fc1d350,
    30'h3fc24eb6, 30'h3fc2c928, 30'h3fc342a8, 30'h3fc3bb37, 30'h3fc432d8, 30'h3fc4a98d,
    30'h3fc51f57, 30'h3fc59437, 30'h3fc60831, 30'h3fc67b45, 30'h3fc6ed76, 30'h3fc75ec4,
    30'h3fc7cf33, 30'h3fc83ec3, 30'h3fc8ad76, 30'h3fc91b4e, 30'h3fc9884d, 30'h3fc9f474,
    30'h3fca5fc5, 30'h3fcaca42, 30'h3fcb33ec, 30'h3fcb9cc5, 30'h3fcc04ce, 30'h3fcc6c09,
    30'h3fccd278, 30'h3fcd381c, 30'h3fcd9cf7, 30'h3fce010a, 30'h3fce6457, 30'h3fcec6df,
    30'h3fcf28a4, 30'h3fcf89a8, 30'h3fcfe9ec, 30'h3fd04970, 30'h3fd0a838, 30'h3fd10644,
    30'h3fd16396, 30'h3fd1c02e, 30'h3fd21c10, 30'h3fd2773b, 30'h3fd2d1b2, 30'h3fd32b75,
    30'h3fd38487, 30'h3fd3dce8, 30'h3fd4349a, 30'h3fd48b9e, 30'h3fd4e1f6, 30'h3fd537a2,
    30'h3fd58ca5, 30'h3fd5e0ff, 30'h3fd634b3, 30'h3fd687c0, 30'h3fd6da29, 30'h3fd72bee,
    30'h3fd77d11, 30'h3fd7cd93, 30'h3fd81d76, 30'h3fd86cbb, 30'h3fd8bb62, 30'h3fd9096d,
    30'h3fd956de, 30'h3fd9a3b5, 30'h3fd9eff3, 30'h3fda3b9b, 30'h3fda86ac, 30'h3fdad129,
    30'h3fdb1b11, 30'h3fdb6468, 30'h3fdbad2c, 30'h3fdbf561, 30'h3fdc3d06, 30'h3fdc841d,
    30'h3fdccaa7, 30'h3fdd10a5, 30'h3fdd5619, 30'h3fdd9b02, 30'h3fdddf63, 30'h3fde233c,
    30'h3fde668f, 30'h3fdea95c, 30'h3fdeeba4, 30'h3fdf2d69, 30'h3fdf6eac, 30'h3fdfaf6d,
    30'h3fdfefad, 30'h3fe02f6e, 30'h3fe06eb0, 30'h3fe0ad75, 30'h3fe0ebbe, 30'h3fe1298a,
    30'h3fe166dc, 30'h3fe1a3b5, 30'h3fe1e014, 30'h3fe21bfc, 30'h3fe2576d, 30'h3fe29268,
    30'h3fe2cced, 30'h3fe306ff, 30'h3fe3409d, 30'h3fe379c9, 30'h3fe3b283, 30'h3fe3eacd,
    30'h3fe422a7, 30'h3fe45a12, 30'h3fe4910f, 30'h3fe4c79f, 30'h3fe4fdc3, 30'h3fe5337b,
    30'h3fe568c8, 30'h3fe59dac, 30'h3fe5d226, 30'h3fe60639, 30'h3fe639e4, 30'h3fe66d28,
    30'h3fe6a006, 30'h3fe6d280, 30'h3fe70495, 30'h3fe73647, 30'h3fe76796, 30'h3fe79883,
    30'h3fe7c90f, 30'h3fe7f93a, 30'h3fe82906, 30'h3fe85873, 30'h3fe88782, 30'h3fe8b633,
    30'h3fe8e487, 30'h3fe9127f, 30'h3fe9401c, 30'h3fe96d5f, 30'h3fe99a47, 30'h3fe9c6d7,
    30'h3fe9f30d, 30'h3fea1eec, 30'h3fea4a74, 30'h3fea75a5, 30'h3feaa081, 30'h3feacb07,
    30'h3feaf539, 30'h3feb1f17, 30'h3feb48a1, 30'h3feb71d9, 30'h3feb9ac0, 30'h3febc355,
    30'h3febeb99, 30'h3fec138d, 30'h3fec3b32, 30'h3fec6288, 30'h3fec8990, 30'h3fecb04b,
    30'h3fecd6b8, 30'h3fecfcd9, 30'h3fed22ae, 30'h3fed4838, 30'h3fed6d78, 30'h3fed926d,
    30'h3fedb719, 30'h3feddb7c, 30'h3fedff96, 30'h3fee2369, 30'h3fee46f5, 30'h3fee6a3a,
    30'h3fee8d39, 30'h3feeaff2, 30'h3feed267, 30'h3feef497, 30'h3fef1682, 30'h3fef382b,
    30'h3fef5990, 30'h3fef7ab3, 30'h3fef9b95, 30'h3fefbc34, 30'h3fefdc93, 30'h3feffcb2,
    30'h3ff01c91, 30'h3ff03c30, 30'h3ff05b91, 30'h3ff07ab3, 30'h3ff09997, 30'h3ff0b83e,
    30'h3ff0d6a8, 30'h3ff0f4d5, 30'h3ff112c6, 30'h3ff1307c, 30'h3ff14df7, 30'h3ff16b37,
    30'h3ff1883d, 30'h3ff1a509, 30'h3ff1c19c, 30'h3ff1ddf6, 30'h3ff1fa18, 30'h3ff21601,
    30'h3ff231b4, 30'h3ff24d2f, 30'h3ff26873, 30'h3ff28382, 30'h3ff29e5a, 30'h3ff2b8fd,
    30'h3ff2d36b, 30'h3ff2eda5, 30'h3ff307aa, 30'h3ff3217c, 30'h3ff33b1a, 30'h3ff35485,
    30'h3ff36dbe, 30'h3ff386c5, 30'h3ff39f99, 30'h3ff3b83d, 30'h3ff3d0af, 30'h3ff3e8f1,
    30'h3ff40102, 30'h3ff418e4, 30'h3ff43096, 30'h3ff44819, 30'h3ff45f6d, 30'h3ff47693,
    30'h3ff48d8b, 30'h3ff4a455, 30'h3ff4baf1, 30'h3ff4d161, 30'h3ff4e7a4, 30'h3ff4fdbb,
    30'h3ff513a6, 30'h3ff52965, 30'h3ff53ef9, 30'h3ff55462, 30'h3ff569a0, 30'h3ff57eb5,
    30'h3ff5939f, 30'h3ff5a85f, 30'h3ff5bcf7, 30'h3ff5d165, 30'h3ff5e5ab, 30'h3ff5f9c8,
    30'h3ff60dbe, 30'h3ff6218b, 30'h3ff63531, 30'h3ff648b1, 30'h3ff65c09, 30'h3ff66f3b,
    30'h3ff68246, 30'h3ff6952c, 30'h3ff6a7ec, 30'h3ff6ba87, 30'h3ff6ccfd, 30'h3ff6df4e,
    30'h3ff6f17a, 30'h3ff70383, 30'h3ff71567, 30'h3ff72728, 30'h3ff738c6, 30'h3ff74a41,
    30'h3ff75b98, 30'h3ff76cce, 30'h3ff77de1, 30'h3ff78ed2, 30'h3ff79fa1, 30'h3ff7b04f,
    30'h3ff7c0dc, 30'h3ff7d147, 30'h3ff7e192, 30'h3ff7f1bd, 30'h3ff801c7, 30'h3ff811b2,
    30'h3ff8217d, 30'h3ff83128, 30'h3ff840b4, 30'h3ff85022, 30'h3ff85f70, 30'h3ff86ea0,
    30'h3ff87db2, 30'h3ff88ca6, 30'h3ff89b7c, 30'h3ff8aa35, 30'h3ff8b8d0, 30'h3ff8c74e,
    30'h3ff8d5b0, 30'h3ff8e3f5, 30'h3ff8f21d, 30'h3ff90029, 30'h3ff90e19, 30'h3ff91bee,
    30'h3ff929a7, 30'h3ff93744, 30'h3ff944c7, 30'h3ff9522e, 30'h3ff95f7b, 30'h3ff96cae,
    30'h3ff979c6, 30'h3ff986c4, 30'h3ff993a8, 30'h3ff9a073, 30'h3ff9ad24, 30'h3ff9b9bc,
    30'h3ff9c63b, 30'h3ff9d2a1, 30'h3ff9deee, 30'h3ff9eb23, 30'h3ff9f73f, 30'h3ffa0343,
    30'h3ffa0f30, 30'h3ffa1b05, 30'h3ffa26c2, 30'h3ffa3267, 30'h3ffa3df6, 30'h3ffa496e,
    30'h3ffa54ce, 30'h3ffa6018, 30'h3ffa6b4c, 30'h3ffa7669, 30'h3ffa8171, 30'h3ffa8c62,
    30'h3ffa973d, 30'h3ffaa203, 30'h3ffaacb3, 30'h3ffab74f, 30'h3ffac1d5, 30'h3ffacc46,
    30'h3ffad6a2, 30'h3ffae0e9, 30'h3ffaeb1d, 30'h3ffaf53b, 30'h3ffaff46, 30'h3ffb093d,
    30'h3ffb1320, 30'h3ffb1cef, 30'h3ffb26aa, 30'h3ffb3053, 30'h3ffb39e8, 30'h3ffb436a,
    30'h3ffb4cd9, 30'h3ffb5635, 30'h3ffb5f7f, 30'h3ffb68b6, 30'h3ffb71db, 30'h3ffb7aed,
    30'h3ffb83ee, 30'h3ffb8cdc, 30'h3ffb95b9, 30'h3ffb9e84, 30'h3ffba73e, 30'h3ffbafe6,
    30'h3ffbb87d, 30'h3ffbc103, 30'h3ffbc978, 30'h3ffbd1dc, 30'h3ffbda2f, 30'h3ffbe272,
    30'h3ffbeaa5, 30'h3ffbf2c7, 30'h3ffbfad9, 30'h3ffc02da, 30'h3ffc0acc, 30'h3ffc12ae,
    30'h3ffc1a81, 30'h3ffc2243, 30'h3ffc29f7, 30'h3ffc319b, 30'h3ffc392f, 30'h3ffc40b5,
    30'h3ffc482c, 30'h3ffc4f93, 30'h3ffc56ed, 30'h3ffc5e37, 30'h3ffc6573, 30'h3ffc6ca0,
    30'h3ffc73c0, 30'h3ffc7ad1, 30'h3ffc81d4, 30'h3ffc88c9, 30'h3ffc8fb0, 30'h3ffc9689,
    30'h3ffc9d55, 30'h3ffca413, 30'h3ffcaac4, 30'h3ffcb167, 30'h3ffcb7fe, 30'h3ffcbe87,
    30'h3ffcc503, 30'h3ffccb72, 30'h3ffcd1d5, 30'h3ffcd82a, 30'h3ffcde73, 30'h3ffce4b0,
    30'h3ffceae0, 30'h3ffcf104, 30'h3ffcf71b, 30'h3ffcfd27, 30'h3ffd0326, 30'h3ffd091a,
    30'h3ffd0f01, 30'h3ffd14dd, 30'h3ffd1aad, 30'h3ffd2072, 30'h3ffd262b, 30'h3ffd2bd9,
    30'h3ffd317b, 30'h3ffd3712, 30'h3ffd3c9e, 30'h3ffd421f, 30'h3ffd4796, 30'h3ffd4d01,
    30'h3ffd5261, 30'h3ffd57b7, 30'h3ffd5d02, 30'h3ffd6242, 30'h3ffd6778, 30'h3ffd6ca4,
    30'h3ffd71c5, 30'h3ffd76dd, 30'h3ffd7bea, 30'h3ffd80ed, 30'h3ffd85e6, 30'h3ffd8ad5,
    30'h3ffd8fba, 30'h3ffd9495, 30'h3ffd9967, 30'h3ffd9e2f, 30'h3ffda2ee, 30'h3ffda7a3,
    30'h3ffdac4f, 30'h3ffdb0f2, 30'h3ffdb58b, 30'h3ffdba1b, 30'h3ffdbea2, 30'h3ffdc321,
    30'h3ffdc796, 30'h3ffdcc02, 30'h3ffdd065, 30'h3ffdd4c0, 30'h3ffdd912, 30'h3ffddd5c,
    30'h3ffde19c, 30'h3ffde5d5, 30'h3ffdea05, 30'h3ffdee2c, 30'h3ffdf24c, 30'h3ffdf663,
    30'h3ffdfa72, 30'h3ffdfe79, 30'h3ffe0278, 30'h3ffe066f, 30'h3ffe0a5e, 30'h3ffe0e45,
    30'h3ffe1225, 30'h3ffe15fc, 30'h3ffe19cd, 30'h3ffe1d95, 30'h3ffe2156, 30'h3ffe2510,
    30'h3ffe28c2, 30'h3ffe2c6c, 30'h3ffe3010, 30'h3ffe33ac, 30'h3ffe3741, 30'h3ffe3acf,
    30'h3ffe3e55, 30'h3ffe41d5, 30'h3ffe454e, 30'h3ffe48c0, 30'h3ffe4c2b, 30'h3ffe4f8f,
    30'h3ffe52ec, 30'h3ffe5643, 30'h3ffe5993, 30'h3ffe5cdd, 30'h3ffe6020, 30'h3ffe635c,
    30'h3ffe6692, 30'h3ffe69c2, 30'h3ffe6ceb, 30'h3ffe700e, 30'h3ffe732a, 30'h3ffe7641,
    30'h3ffe7951, 30'h3ffe7c5c, 30'h3ffe7f60, 30'h3ffe825e, 30'h3ffe8556, 30'h3ffe8848,
    30'h3ffe8b35, 30'h3ffe8e1c, 30'h3ffe90fc, 30'h3ffe93d7, 30'h3ffe96ad, 30'h3ffe997d,
    30'h3ffe9c47, 30'h3ffe9f0b, 30'h3ffea1cb, 30'h3ffea484, 30'h3ffea738, 30'h3ffea9e7,
    30'h3ffeac91, 30'h3ffeaf35, 30'h3ffeb1d4, 30'h3ffeb46d, 30'h3ffeb702, 30'h3ffeb991,
    30'h3ffebc1c, 30'h3ffebea1, 30'h3ffec121, 30'h3ffec39c, 30'h3ffec612, 30'h3ffec884,
    30'h3ffecaf0, 30'h3ffecd58, 30'h3ffecfbb, 30'h3ffed219, 30'h3ffed472, 30'h3ffed6c7,
    30'h3ffed917, 30'h3ffedb63, 30'h3ffeddaa, 30'h3ffedfec, 30'h3ffee22a, 30'h3ffee463,
    30'h3ffee698, 30'h3ffee8c9, 30'h3ffeeaf5, 30'h3ffeed1d, 30'h3ffeef41, 30'h3ffef160,
    30'h3ffef37b, 30'h3ffef592, 30'h3ffef7a5, 30'h3ffef9b3, 30'h3ffefbbe, 30'h3ffefdc4,
    30'h3ffeffc7, 30'h3fff01c5, 30'h3fff03c0, 30'h3fff05b6, 30'h3fff07a9, 30'h3fff0997,
    30'h3fff0b82, 30'h3fff0d69, 30'h3fff0f4d, 30'h3fff112c, 30'h3fff1308, 30'h3fff14e0,
    30'h3fff16b4, 30'h3fff1885, 30'h3fff1a52, 30'h3fff1c1c, 30'h3fff1de2, 30'h3fff1fa4,
    30'h3fff2163, 30'h3fff231f, 30'h3fff24d7, 30'h3fff268b, 30'h3fff283c, 30'h3fff29ea,
    30'h3fff2b95, 30'h3fff2d3c, 30'h3fff2ee0, 30'h3fff3080, 30'h3fff321e, 30'h3fff33b8,
    30'h3fff354f, 30'h3fff36e3, 30'h3fff3873, 30'h3fff3a01, 30'h3fff3b8b, 30'h3fff3d12,
    30'h3fff3e97, 30'h3fff4018, 30'h3fff4196, 30'h3fff4312, 30'h3fff448a, 30'h3fff4600,
    30'h3fff4772, 30'h3fff48e2, 30'h3fff4a4f, 30'h3fff4bb8, 30'h3fff4d20, 30'h3fff4e84,
    30'h3fff4fe6, 30'h3fff5144, 30'h3fff52a0, 30'h3fff53fa, 30'h3fff5551, 30'h3fff56a5,
    30'h3fff57f6, 30'h3fff5945, 30'h3fff5a91, 30'h3fff5bda, 30'h3fff5d21, 30'h3fff5e66,
    30'h3fff5fa8, 30'h3fff60e7, 30'h3fff6224, 30'h3fff635f, 30'h3fff6497, 30'h3fff65cc,
    30'h3fff66ff, 30'h3fff6830, 30'h3fff695f, 30'h3fff6a8b, 30'h3fff6bb5, 30'h3fff6cdc,
    30'h3fff6e01, 30'h3fff6f24, 30'h3fff7044, 30'h3fff7163, 30'h3fff727f, 30'h3fff7399,
    30'h3fff74b1, 30'h3fff75c6, 30'h3fff76d9, 30'h3fff77eb, 30'h3fff78fa, 30'h3fff7a07,
    30'h3fff7b12, 30'h3fff7c1a, 30'h3fff7d21, 30'h3fff7e26, 30'h3fff7f29, 30'h3fff8029,
    30'h3fff8128, 30'h3fff8225, 30'h3fff831f, 30'h3fff8418, 30'h3fff850f, 30'h3fff8604,
    30'h3fff86f7, 30'h3fff87e8, 30'h3fff88d7, 30'h3fff89c5, 30'h3fff8ab0, 30'h3fff8b9a,
    30'h3fff8c82, 30'h3fff8d68, 30'h3fff8e4c, 30'h3fff8f2f, 30'h3fff900f, 30'h3fff90ee,
    30'h3fff91cc, 30'h3fff92a7, 30'h3fff9381, 30'h3fff9459, 30'h3fff9530, 30'h3fff9604,
    30'h3fff96d8, 30'h3fff97a9, 30'h3fff9879, 30'h3fff9947, 30'h3fff9a14, 30'h3fff9adf,
    30'h3fff9ba8, 30'h3fff9c70, 30'h3fff9d37, 30'h3fff9dfb, 30'h3fff9ebf, 30'h3fff9f80,
    30'h3fffa041, 30'h3fffa0ff, 30'h3fffa1bd, 30'h3fffa278, 30'h3fffa333, 30'h3fffa3ec,
    30'h3fffa4a3, 30'h3fffa559, 30'h3fffa60e, 30'h3fffa6c1, 30'h3fffa773, 30'h3fffa823,
    30'h3fffa8d2, 30'h3fffa980, 30'h3fffaa2c, 30'h3fffaad7, 30'h3fffab81, 30'h3fffac29,
    30'h3fffacd0, 30'h3fffad76, 30'h3fffae1a, 30'h3fffaebd, 30'h3fffaf5f, 30'h3fffb000,
    30'h3fffb09f, 30'h3fffb13d, 30'h3fffb1da, 30'h3fffb276, 30'h3fffb310, 30'h3fffb3aa,
    30'h3fffb442, 30'h3fffb4d9, 30'h3fffb56e, 30'h3fffb603, 30'h3fffb696, 30'h3fffb729,
    30'h3fffb7ba, 30'h3fffb84a, 30'h3fffb8d9, 30'h3fffb966, 30'h3fffb9f3, 30'h3fffba7f,
    30'h3fffbb09, 30'h3fffbb92, 30'h3fffbc1b, 30'h3fffbca2, 30'h3fffbd28, 30'h3fffbdad,
    30'h3fffbe31, 30'h3fffbeb5, 30'h3fffbf37, 30'h3fffbfb8, 30'h3fffc038, 30'h3fffc0b7,
    30'h3fffc135, 30'h3fffc1b2, 30'h3fffc22e, 30'h3fffc2a9, 30'h3fffc323, 30'h3fffc39d,
    30'h3fffc415, 30'h3fffc48c, 30'h3fffc503, 30'h3fffc578, 30'h3fffc5ed, 30'h3fffc661,
    30'h3fffc6d3, 30'h3fffc745, 30'h3fffc7b6, 30'h3fffc827, 30'h3fffc896, 30'h3fffc904,
    30'h3fffc972, 30'h3fffc9de, 30'h3fffca4a, 30'h3fffcab5, 30'h3fffcb1f, 30'h3fffcb89,
    30'h3fffcbf1, 30'h3fffcc59, 30'h3fffccc0, 30'h3fffcd26, 30'h3fffcd8b, 30'h3fffcdf0,
    30'h3fffce54, 30'h3fffceb6, 30'h3fffcf19, 30'h3fffcf7a, 30'h3fffcfdb, 30'h3fffd03b,
    30'h3fffd09a, 30'h3fffd0f8, 30'h3fffd156, 30'h3fffd1b3, 30'h3fffd20f, 30'h3fffd26b,
    30'h3fffd2c6, 30'h3fffd320, 30'h3fffd379, 30'h3fffd3d2, 30'h3fffd42a, 30'h3fffd481,
    30'h3fffd4d8, 30'h3fffd52e, 30'h3fffd583, 30'h3fffd5d8, 30'h3fffd62c, 30'h3fffd67f,
    30'h3fffd6d2, 30'h3fffd724, 30'h3fffd775, 30'h3fffd7c6, 30'h3fffd816, 30'h3fffd866,
    30'h3fffd8b4, 30'h3fffd903, 30'h3fffd950, 30'h3fffd99d, 30'h3fffd9ea, 30'h3fffda36,
    30'h3fffda81, 30'h3fffdacc, 30'h3fffdb16, 30'h3fffdb5f, 30'h3fffdba8, 30'h3fffdbf1,
    30'h3fffdc39, 30'h3fffdc80, 30'h3fffdcc7, 30'h3fffdd0d, 30'h3fffdd52, 30'h3fffdd98,
    30'h3fffdddc, 30'h3fffde20, 30'h3fffde64, 30'h3fffdea7, 30'h3fffdee9, 30'h3fffdf2b,
    30'h3fffdf6c, 30'h3fffdfad, 30'h3fffdfee, 30'h3fffe02d, 30'h3fffe06d, 30'h3fffe0ac,
    30'h3fffe0ea, 30'h3fffe128, 30'h3fffe166, 30'h3fffe1a3, 30'h3fffe1df, 30'h3fffe21b,
    30'h3fffe257, 30'h3fffe292, 30'h3fffe2cc, 30'h3fffe307, 30'h3fffe340, 30'h3fffe37a,
    30'h3fffe3b2, 30'h3fffe3eb, 30'h3fffe423, 30'h3fffe45a, 30'h3fffe491, 30'h3fffe4c8,
    30'h3fffe4fe, 30'h3fffe534, 30'h3fffe569, 30'h3fffe59e, 30'h3fffe5d3, 30'h3fffe607,
    30'h3fffe63b, 30'h3fffe66e, 30'h3fffe6a1, 30'h3fffe6d4, 30'h3fffe706, 30'h3fffe737,
    30'h3fffe769, 30'h3fffe79a, 30'h3fffe7ca, 30'h3fffe7fb, 30'h3fffe82b, 30'h3fffe85a,
    30'h3fffe889, 30'h3fffe8b8, 30'h3fffe8e6, 30'h3fffe914, 30'h3fffe942, 30'h3fffe96f,
    30'h3fffe99c, 30'h3fffe9c9, 30'h3fffe9f5, 30'h3fffea21, 30'h3fffea4d, 30'h3fffea78,
    30'h3fffeaa3, 30'h3fffeacd, 30'h3fffeaf7, 30'h3fffeb21, 30'h3fffeb4b, 30'h3fffeb74,
    30'h3fffeb9d, 30'h3fffebc6, 30'h3fffebee, 30'h3fffec16, 30'h3fffec3e, 30'h3fffec65,
    30'h3fffec8c, 30'h3fffecb3, 30'h3fffecd9, 30'h3fffecff, 30'h3fffed25, 30'h3fffed4b,
    30'h3fffed70, 30'h3fffed95, 30'h3fffedba, 30'h3fffedde, 30'h3fffee02, 30'h3fffee26,
    30'h3fffee4a, 30'h3fffee6d, 30'h3fffee90, 30'h3fffeeb3, 30'h3fffeed5, 30'h3fffeef7,
    30'h3fffef19, 30'h3fffef3b, 30'h3fffef5c, 30'h3fffef7e, 30'h3fffef9f, 30'h3fffefbf,
    30'h3fffefe0, 30'h3ffff000, 30'h3ffff020, 30'h3ffff03f, 30'h3ffff05f, 30'h3ffff07e,
    30'h3ffff09d, 30'h3ffff0bb, 30'h3ffff0da, 30'h3ffff0f8, 30'h3ffff116, 30'h3ffff134,
    30'h3ffff151, 30'h3ffff16e, 30'h3ffff18b, 30'h3ffff1a8, 30'h3ffff1c5, 30'h3ffff1e1,
    30'h3ffff1fd, 30'h3ffff219, 30'h3ffff235, 30'h3ffff250, 30'h3ffff26b, 30'h3ffff287,
    30'h3ffff2a1, 30'h3ffff2bc, 30'h3ffff2d6, 30'h3ffff2f1, 30'h3ffff30b, 30'h3ffff324,
    30'h3ffff33e, 30'h3ffff358, 30'h3ffff371, 30'h3ffff38a, 30'h3ffff3a3, 30'h3ffff3bb,
    30'h3ffff3d4, 30'h3ffff3ec, 30'h3ffff404, 30'h3ffff41c, 30'h3ffff434, 30'h3ffff44b,
    30'h3ffff462, 30'h3ffff47a, 30'h3ffff490, 30'h3ffff4a7, 30'h3ffff4be, 30'h3ffff4d4,
    30'h3ffff4eb, 30'h3ffff501, 30'h3ffff517, 30'h3ffff52c, 30'h3ffff542, 30'h3ffff557,
    30'h3ffff56c, 30'h3ffff582, 30'h3ffff596, 30'h3ffff5ab, 30'h3ffff5c0, 30'h3ffff5d4,
    30'h3ffff5e8, 30'h3ffff5fd, 30'h3ffff611, 30'h3ffff624, 30'h3ffff638, 30'h3ffff64b,
    30'h3ffff65f, 30'h3ffff672, 30'h3ffff685, 30'h3ffff698, 30'h3ffff6ab, 30'h3ffff6bd,
    30'h3ffff6d0, 30'h3ffff6e2, 30'h3ffff6f4, 30'h3ffff706, 30'h3ffff718, 30'h3ffff72a,
    30'h3ffff73b, 30'h3ffff74d, 30'h3ffff75e, 30'h3ffff76f, 30'h3ffff780, 30'h3ffff791,
    30'h3ffff7a2, 30'h3ffff7b3, 30'h3ffff7c3, 30'h3ffff7d4, 30'h3ffff7e4, 30'h3ffff7f4,
    30'h3ffff804, 30'h3ffff814, 30'h3ffff824, 30'h3ffff834, 30'h3ffff843, 30'h3ffff853,
    30'h3ffff862, 30'h3ffff871, 30'h3ffff880, 30'h3ffff88f, 30'h3ffff89e, 30'h3ffff8ad,
    30'h3ffff8bb, 30'h3ffff8ca, 30'h3ffff8d8, 30'h3ffff8e6, 30'h3ffff8f4, 30'h3ffff902,
    30'h3ffff910, 30'h3ffff91e, 30'h3ffff92c, 30'h3ffff939, 30'h3ffff947, 30'h3ffff954,
    30'h3ffff962, 30'h3ffff96f, 30'h3ffff97c, 30'h3ffff989, 30'h3ffff996, 30'h3ffff9a3,
    30'h3ffff9af, 30'h3ffff9bc, 30'h3ffff9c8, 30'h3ffff9d5, 30'h3ffff9e1, 30'h3ffff9ed,
    30'h3ffff9f9, 30'h3ffffa05, 30'h3ffffa11, 30'h3ffffa1d, 30'h3ffffa29, 30'h3ffffa34,
    30'h3ffffa40, 30'h3ffffa4b, 30'h3ffffa57, 30'h3ffffa62, 30'h3ffffa6d, 30'h3ffffa78,
    30'h3ffffa83, 30'h3ffffa8e, 30'h3ffffa99, 30'h3ffffaa4, 30'h3ffffaaf, 30'h3ffffab9,
    30'h3ffffac4, 30'h3fffface, 30'h3ffffad8, 30'h3ffffae3, 30'h3ffffaed, 30'h3ffffaf7,
    30'h3ffffb01, 30'h3ffffb0b, 30'h3ffffb15, 30'h3ffffb1f, 30'h3ffffb28, 30'h3ffffb32,
    30'h3ffffb3c, 30'h3ffffb45, 30'h3ffffb4f, 30'h3ffffb58, 30'h3ffffb61, 30'h3ffffb6a,
    30'h3ffffb74, 30'h3ffffb7d, 30'h3ffffb86, 30'h3ffffb8e, 30'h3ffffb97, 30'h3ffffba0,
    30'h3ffffba9, 30'h3ffffbb1, 30'h3ffffbba, 30'h3ffffbc3, 30'h3ffffbcb, 30'h3ffffbd3,
    30'h3ffffbdc, 30'h3ffffbe4, 30'h3ffffbec, 30'h3ffffbf4, 30'h3ffffbfc, 30'h3ffffc04,
    30'h3ffffc0c, 30'h3ffffc14, 30'h3ffffc1c, 30'h3ffffc24, 30'h3ffffc2b, 30'h3ffffc33,
    30'h3ffffc3b, 30'h3ffffc42, 30'h3ffffc4a, 30'h3ffffc51, 30'h3ffffc58, 30'h3ffffc60,
    30'h3ffffc67, 30'h3ffffc6e, 30'h3ffffc75, 30'h3ffffc7c, 30'h3ffffc83, 30'h3ffffc8a,
    30'h3ffffc91, 30'h3ffffc98, 30'h3ffffc9f, 30'h3ffffca5, 30'h3ffffcac, 30'h3ffffcb3,
    30'h3ffffcb9, 30'h3ffffcc0, 30'h3ffffcc6, 30'h3ffffccd, 30'h3ffffcd3, 30'h3ffffcd9,
    30'h3ffffce0, 30'h3ffffce6, 30'h3ffffcec, 30'h3ffffcf2, 30'h3ffffcf8, 30'h3ffffcfe,
    30'h3ffffd04, 30'h3ffffd0a, 30'h3ffffd10, 30'h3ffffd16, 30'h3ffffd1c, 30'h3ffffd22,
    30'h3ffffd27, 30'h3ffffd2d, 30'h3ffffd33, 30'h3ffffd38, 30'h3ffffd3e, 30'h3ffffd43,
    30'h3ffffd49, 30'h3ffffd4e, 30'h3ffffd53, 30'h3ffffd59, 30'h3ffffd5e, 30'h3ffffd63,
    30'h3ffffd68, 30'h3ffffd6e, 30'h3ffffd73, 30'h3ffffd78, 30'h3ffffd7d, 30'h3ffffd82,
    30'h3ffffd87, 30'h3ffffd8c, 30'h3ffffd91, 30'h3ffffd96, 30'h3ffffd9a, 30'h3ffffd9f,
    30'h3ffffda4, 30'h3ffffda9, 30'h3ffffdad, 30'h3ffffdb2, 30'h3ffffdb6, 30'h3ffffdbb,
    30'h3ffffdc0, 30'h3ffffdc4, 30'h3ffffdc8, 30'h3ffffdcd, 30'h3ffffdd1, 30'h3ffffdd6,
    30'h3ffffdda, 30'h3ffffdde, 30'h3ffffde2, 30'h3ffffde7, 30'h3ffffdeb, 30'h3ffffdef,
    30'h3ffffdf3, 30'h3ffffdf7, 30'h3ffffdfb, 30'h3ffffdff, 30'h3ffffe03, 30'h3ffffe07,
    30'h3ffffe0b, 30'h3ffffe0f, 30'h3ffffe13, 30'h3ffffe17, 30'h3ffffe1b, 30'h3ffffe1e,
    30'h3ffffe22, 30'h3ffffe26, 30'h3ffffe2a, 30'h3ffffe2d, 30'h3ffffe31, 30'h3ffffe34,
    30'h3ffffe38, 30'h3ffffe3c, 30'h3ffffe3f, 30'h3ffffe43, 30'h3ffffe46, 30'h3ffffe49,
    30'h3ffffe4d, 30'h3ffffe50, 30'h3ffffe54, 30'h3ffffe57, 30'h3ffffe5a, 30'h3ffffe5e,
    30'h3ffffe61, 30'h3ffffe64, 30'h3ffffe67, 30'h3ffffe6a, 30'h3ffffe6e, 30'h3ffffe71,
    30'h3ffffe74, 30'h3ffffe77, 30'h3ffffe7a, 30'h3ffffe7d, 30'h3ffffe80, 30'h3ffffe83,
    30'h3ffffe86, 30'h3ffffe89, 30'h3ffffe8c, 30'h3ffffe8f, 30'h3ffffe92, 30'h3ffffe94,
    30'h3ffffe97, 30'h3ffffe9a, 30'h3ffffe9d, 30'h3ffffea0, 30'h3ffffea2, 30'h3ffffea5,
    30'h3ffffea8, 30'h3ffffeaa, 30'h3ffffead, 30'h3ffffeb0, 30'h3ffffeb2, 30'h3ffffeb5,
    30'h3ffffeb8, 30'h3ffffeba, 30'h3ffffebd, 30'h3ffffebf, 30'h3ffffec2, 30'h3ffffec4,
    30'h3ffffec7, 30'h3ffffec9, 30'h3ffffecb, 30'h3ffffece, 30'h3ffffed0, 30'h3ffffed3,
    30'h3ffffed5, 30'h3ffffed7, 30'h3ffffeda, 30'h3ffffedc, 30'h3ffffede, 30'h3ffffee0,
    30'h3ffffee3, 30'h3ffffee5, 30'h3ffffee7, 30'h3ffffee9, 30'h3ffffeeb, 30'h3ffffeee,
    30'h3ffffef0, 30'h3ffffef2, 30'h3ffffef4, 30'h3ffffef6, 30'h3ffffef8, 30'h3ffffefa,
    30'h3ffffefc, 30'h3ffffefe, 30'h3fffff00, 30'h3fffff02, 30'h3fffff04, 30'h3fffff06,
    30'h3fffff08, 30'h3fffff0a, 30'h3fffff0c, 30'h3fffff0e, 30'h3fffff10, 30'h3fffff12,
    30'h3fffff13, 30'h3fffff15, 30'h3fffff17, 30'h3fffff19, 30'h3fffff1b, 30'h3fffff1c,
    30'h3fffff1e, 30'h3fffff20, 30'h3fffff22, 30'h3fffff23, 30'h3fffff25, 30'h3fffff27,
    30'h3fffff29, 30'h3fffff2a, 30'h3fffff2c, 30'h3fffff2e, 30'h3fffff2f, 30'h3fffff31,
    30'h3fffff32, 30'h3fffff34, 30'h3fffff36, 30'h3fffff37, 30'h3fffff39, 30'h3fffff3a,
    30'h3fffff3c, 30'h3fffff3d, 30'h3fffff3f, 30'h3fffff40, 30'h3fffff42, 30'h3fffff43,
    30'h3fffff45, 30'h3fffff46, 30'h3fffff48, 30'h3fffff49, 30'h3fffff4b, 30'h3fffff4c,
    30'h3fffff4d, 30'h3fffff4f, 30'h3fffff50, 30'h3fffff52, 30'h3fffff53, 30'h3fffff54,
    30'h3fffff56, 30'h3fffff57, 30'h3fffff58, 30'h3fffff5a, 30'h3fffff5b, 30'h3fffff5c,
    30'h3fffff5d, 30'h3fffff5f, 30'h3fffff60, 30'h3fffff61, 30'h3fffff62, 30'h3fffff64,
    30'h3fffff65, 30'h3fffff66, 30'h3fffff67, 30'h3fffff68, 30'h3fffff6a, 30'h3fffff6b,
    30'h3fffff6c, 30'h3fffff6d, 30'h3fffff6e, 30'h3fffff6f, 30'h3fffff71, 30'h3fffff72,
    30'h3fffff73, 30'h3fffff74, 30'h3fffff75, 30'h3fffff76, 30'h3fffff77, 30'h3fffff78,
    30'h3fffff79, 30'h3fffff7a, 30'h3fffff7b, 30'h3fffff7c, 30'h3fffff7d, 30'h3fffff7e,
    30'h3fffff7f, 30'h3fffff80, 30'h3fffff81, 30'h3fffff82, 30'h3fffff83, 30'h3fffff84,
    30'h3fffff85, 30'h3fffff86, 30'h3fffff87
  };

endpackage
/* verilator lint_on UNUSEDPARAM */
