// The front end: executes scalar and control instructions one at a time, in program order, decides
// every trap, and hands the others to the issue queue, the weight fetch and the scalar load. It never
// waits for what it handed over, unless an instruction needs it (docs/core.md, "Running ahead").

module ternac_front
  import ternac_pkg::*;
  import ternac_core_pkg::*;
#(
  parameter config_t Cfg = ConfigTiny,  // what the core is built of
  localparam int unsigned IndexBits = $clog2(Cfg.instructions)
) (
  input  logic                 clk_i,             // clock
  input  logic                 rst_ni,            // asynchronous reset, active low
  // program load, while the core is stopped
  input  logic                 program_we_i,      // write a word of the instruction memory
  input  logic [IndexBits-1:0] program_index_i,   // which one
  input  logic [         63:0] program_word_i,    // its value
  input  logic                 start_i,           // pulse, once after reset: run from entry_i
  input  logic [         31:0] entry_i,           // index of the first instruction to run
  input  logic [         31:0] program_length_i,  // number of instructions
  input  logic [         63:0] pause_at_i,        // stop before the instruction with this instret
  // state; the levels come when everything older has ended
  output logic                 halted_o,          // it ran halt
  output logic                 trapped_o,         // an instruction trapped
  output logic                 paused_o,          // stopped at pause_at_i; goes on when that changes
  output logic [          7:0] trap_cause_o,      // trap_e, while trapped_o
  output logic [         63:0] trap_pc_o,         // address of the instruction
  output logic [         63:0] trap_value_o,      // what isa/machine.yaml says of the cause
  output logic                 waiting_input_o,   // deq waits for the host, all else has ended
  output logic                 waiting_output_o,  // enq waits for the host, all else has ended
  output logic [         63:0] instret_o,         // instructions retired since reset
  // host queues
  input  logic                 in_valid_i,        // an entry for the input queue
  output logic                 in_ready_o,        // it has room
  input  logic [         63:0] in_data_i,         // the entry
  input  logic                 in_closed_i,       // no more entries follow
  output logic                 out_valid_o,       // the output queue has an entry
  input  logic                 out_ready_i,       // the host takes it
  output logic [         63:0] out_data_o,        // the entry
  // to issue
  output logic                 uop_valid_o,       // an instruction for the issue queue
  input  logic                 uop_ready_i,       // it has room
  output uop_t                 uop_o,             // the instruction
  // to the weight fetch
  output logic                 weights_valid_o,   // a matrix
  input  logic                 weights_ready_i,   // it can be taken
  output weights_t             weights_o,         // the matrix
  // to the memory order
  output range_t               query_o,           // what a scalar load or a matrix would read
  input  logic                 query_conflict_i,  // it overlaps a store that is not acknowledged
  output logic                 store_push_o,      // a store goes into the issue queue
  output range_t               store_o,           // what it writes
  input  logic                 store_full_i,      // no room for another store
  output logic                 matrix_push_o,     // a matrix goes to the weight fetch
  output range_t               matrix_o,          // what it reads
  input  logic                 matrix_full_i,     // no room for another matrix
  // scalar loads
  output logic                 load_valid_o,      // a load
  input  logic                 load_ready_i,      // it can be taken
  output address_t             load_address_o,    // its address
  output logic                 load_double_o,     // it has 8 bytes, else 4
  output logic [          4:0] load_rd_o,         // register that it writes
  input  logic                 loaded_valid_i,    // a load ends
  input  logic [          4:0] loaded_rd_i,       // the register that it writes
  input  logic [         63:0] loaded_data_i,     // the value, extended by its sign
  // from the units
  input  argmax_t              argmax_i,          // argmax's results
  input  logic                 drained_i,         // nothing queued or running, stores acknowledged
  // traces and counters
  output retired_t             retired_o,         // what retires in this clock
  output stall_e               stall_o            // what this clock is lost to
);
  typedef enum logic [3:0] {
    StateIdle,      // since reset
    StateFetch,     // reads the instruction memory, or is paused
    StateDecode,    // the word is there; reads the scalar registers
    StateExecute,   // the decoded word and the operands are there
    StateMultiply,  // mul: waits for the multiplier
    StateJump,      // a jump that is taken: checks the target
    StateMatrix,    // tmatmul: waits for the size of the matrix
    StateAddress,   // an access to memory: checks the address
    StateDispatch,  // hands the instruction over
    StateTrap,      // waits until everything older has ended
    StateTrapped,
    StateHalted
  } state_e;

  localparam int unsigned WaitBits =
      $clog2((ClocksFrontMultiply > ClocksFrontMatrix ? ClocksFrontMultiply : ClocksFrontMatrix) + 1);

  if (ClocksFrontInstruction != 3 || ClocksFrontJump != 1 || ClocksFrontAddress != 1
      || ClocksFrontDispatch != 1) begin : gen_clocks
    $error("ternac_front: its states do not take the clocks that isa/core.yaml says");
  end

  state_e state_q, state_d;
  logic [WaitBits-1:0] wait_q, wait_d;  // clocks left in StateMultiply or StateMatrix
  logic [31:0] index_q;                 // index of the instruction
  logic [63:0] instret_q;
  vl_t vl_q, vl_d;
  logic vl_we;
  vl_t [NumQRegs-1:0] q_length_q;       // lengths of the activation registers
  trap_e trap_cause_q, trap_cause;
  logic [63:0] trap_value_q, trap_value;
  logic trap;                           // the instruction traps
  logic retire;                         // the instruction retires
  logic jump;                           // and jumps to the target
  logic fetch;                          // reads the instruction memory

  function automatic logic [63:0] code_address(logic [31:0] index);
    return InstructionBase + {29'b0, index, 3'b0};
  endfunction

  // ---- fetch and decode ----------------------------------------------------------------------------
  logic [63:0] word;
  decoded_t decoded_q;

  ternac_instruction_memory #(
    .Instructions(Cfg.instructions)
  ) u_instruction_memory (
    .clk_i,
    .we_i(program_we_i),
    .windex_i(program_index_i),
    .wdata_i(program_word_i),
    .re_i(fetch),
    .rindex_i(index_q[IndexBits-1:0]),
    .rdata_o(word)
  );

  always_ff @(posedge clk_i) begin
    if (state_q == StateDecode) decoded_q <= decode(word);
  end

  logic is_unsupported, is_load, is_store, is_matrix, is_memory, writes_x;

  assign is_matrix = decoded_q.unit == UnitTmatmul;
  assign is_memory = decoded_q.unit inside {UnitLsu, UnitTmatmul};
  assign is_load = decoded_q.timing == TimingScalarLoad;
  assign is_store = decoded_q.timing inside {TimingVectorStore, TimingScalarStore};
  assign is_unsupported = (decoded_q.opcode == OpTmatmulT4 && !Cfg.has_t4)
      || (decoded_q.opcode == OpTmatmulT5 && !Cfg.has_t5);
  assign writes_x = decoded_q.rd.file == RegX && decoded_q.rd.write;

  // ---- scalar registers ----------------------------------------------------------------------------
  logic [63:0] a, b, c;  // x[rs1], x[rs2], x[rs3]; valid while no operand is pending
  logic [63:0] result;
  logic result_we;
  logic load_sent, argmax_sent;
  logic [NumXRegs-1:0] pending;
  logic operand_pending;
  logic loads;

  ternac_scalar_regs #(
    .WritePorts(4)
  ) u_scalar_regs (
    .clk_i,
    .rst_ni,
    .rindex_i({word[Rs3High:Rs3Low], word[Rs2High:Rs2Low], word[Rs1High:Rs1Low]}),
    .rdata_o({c, b, a}),
    .we_i({argmax_i.valid && argmax_i.update, argmax_i.valid && argmax_i.update, loaded_valid_i,
           result_we}),
    .windex_i({argmax_i.xmax, argmax_i.xindex, loaded_rd_i, decoded_q.rd.index}),
    .wdata_i({argmax_i.max, argmax_i.index, loaded_data_i, result})
  );

  ternac_scalar_pending u_scalar_pending (
    .clk_i,
    .rst_ni,
    .load_i(load_sent),
    .load_rd_i(decoded_q.rd.index),
    .loaded_i(loaded_valid_i),
    .loaded_rd_i(loaded_rd_i),
    .argmax_i(argmax_sent),
    .argmax_xindex_i(decoded_q.rd.index),
    .argmax_xmax_i(decoded_q.rs1.index),
    .argmax_result_i(argmax_i),
    .pending_o(pending),
    .loads_o(loads)
  );

  assign operand_pending = (decoded_q.rd.file == RegX && pending[decoded_q.rd.index])
      || (decoded_q.rs1.file == RegX && pending[decoded_q.rs1.index])
      || (decoded_q.rs2.file == RegX && pending[decoded_q.rs2.index])
      || (decoded_q.rs3.file == RegX && pending[decoded_q.rs3.index]);

  // Everything older has ended.
  logic drained;
  assign drained = drained_i && !loads && pending == '0;

  // ---- arithmetic, addresses, conditions -----------------------------------------------------------
  logic [63:0] imm;
  logic [63:0] alu_result, sum, product, csr;
  logic [63:0] sum_q;  // address of the access or of the target
  logic taken;

  assign imm = 64'(decoded_q.imm);

  ternac_scalar_alu u_scalar_alu (
    .opcode_i(decoded_q.opcode),
    .a_i(a),
    .b_i(b),
    .imm_i(imm),
    .pc_i(code_address(index_q)),
    .result_o(alu_result),
    .sum_o(sum),
    .taken_o(taken)
  );

  ternac_scalar_multiply u_scalar_multiply (
    .clk_i,
    .a_i(a),
    .b_i(b),
    .product_o(product)
  );

  always_comb begin
    unique case (decoded_q.imm[7:0])
      CsrVl: csr = 64'(vl_q);
      CsrVlmax: csr = 64'(Cfg.vlmax);
      CsrInstret: csr = instret_q;
      CsrStreams: csr = 64'd1;
      CsrIsa: csr = {32'b0, 16'(IsaMajor), 16'(IsaMinor)};
      CsrDram: csr = Cfg.dram_bytes;
      default: csr = '0;
    endcase
  end

  logic input_valid;  // the input queue has an entry
  logic [63:0] input_data;

  always_comb begin
    unique case (decoded_q.opcode)
      OpJal, OpJalr: result = code_address(index_q + 32'd1);
      OpMul: result = product;
      OpCsrr: result = csr;
      OpDeq: result = input_data;
      default: result = alu_result;
    endcase
  end

  always_ff @(posedge clk_i) begin
    if (state_q == StateExecute) sum_q <= sum;
  end

  // A target is inside the program.
  logic [60:0] target_index;
  logic target_legal;
  assign target_index = sum_q[63:3] - InstructionBase[63:3];
  assign target_legal = sum_q[2:0] == '0 && target_index < 61'(program_length_i);

  // A vector length, from a register or from the word.
  logic [63:0] length;
  logic length_legal;
  assign length = decoded_q.opcode == OpSetvl ? a : imm;
  assign length_legal = length != '0 && length <= 64'(Cfg.vlmax);

  // ---- accesses to memory --------------------------------------------------------------------------
  vl_t columns;
  matrix_lines_t lines;
  logic misaligned, out_of_range;
  range_t range, range_q;

  assign columns = q_length_q[decoded_q.rs3.index[1:0]];

  ternac_matrix_size u_matrix_size (
    .clk_i,
    .is_t5_i(decoded_q.opcode == OpTmatmulT5),
    .rows_i(vl_q),
    .columns_i(columns),
    .lines_o(lines)
  );

  ternac_access_check #(
    .Cfg(Cfg)
  ) u_access_check (
    .opcode_i(decoded_q.opcode),
    .address_i(sum_q),
    .vl_i(vl_q),
    .lines_i(lines),
    .misaligned_o(misaligned),
    .out_of_range_o(out_of_range),
    .range_o(range)
  );

  always_ff @(posedge clk_i) begin
    if (state_q == StateAddress) range_q <= range;
  end

  ternac_dispatch u_dispatch (
    .decoded_i(decoded_q),
    .address_i(sum_q),
    .a_i(a),
    .b_i(b),
    .c_i(c),
    .vl_i(vl_q),
    .columns_i(columns),
    .sequence_i(instret_q[SequenceBits-1:0]),
    .uop_o(uop_o)
  );

  assign query_o = range_q;
  assign store_o = range_q;
  assign matrix_o = range_q;
  assign weights_o = '{first: range_q.first, num_lines: line_t'(lines)};
  assign load_address_o = sum_q[AddressBits-1:0];
  assign load_double_o = decoded_q.opcode == OpLd;
  assign load_rd_o = decoded_q.rd.index;

  // ---- host queues ---------------------------------------------------------------------------------
  logic input_take, output_put, output_ready;

  ternac_fifo #(
    .Width(64),
    .Depth(Cfg.queue_entries)
  ) u_input (
    .clk_i,
    .rst_ni,
    .in_valid_i,
    .in_ready_o,
    .in_data_i,
    .out_valid_o(input_valid),
    .out_ready_i(input_take),
    .out_data_o(input_data)
  );

  ternac_fifo #(
    .Width(64),
    .Depth(Cfg.queue_entries)
  ) u_output (
    .clk_i,
    .rst_ni,
    .in_valid_i(output_put),
    .in_ready_o(output_ready),
    .in_data_i(a),
    .out_valid_o,
    .out_ready_i,
    .out_data_o
  );

  // ---- control -------------------------------------------------------------------------------------
  logic dispatch_free;  // nothing but the receivers themselves holds the instruction back
  logic held_by_order;
  logic uop_sent;

  // A load and a matrix wait for older stores, a store waits for older loads.
  assign held_by_order = (is_load || is_matrix) ? query_conflict_i : is_store && loads;
  assign dispatch_free = state_q == StateDispatch && !held_by_order
      && !(is_store && store_full_i) && !(is_matrix && matrix_full_i);
  assign load_valid_o = dispatch_free && is_load;
  assign uop_valid_o = dispatch_free && !is_load && (!is_matrix || weights_ready_i);
  assign weights_valid_o = dispatch_free && is_matrix && uop_ready_i;

  assign load_sent = load_valid_o && load_ready_i;
  assign uop_sent = uop_valid_o && uop_ready_i;
  assign argmax_sent = uop_sent && decoded_q.opcode == OpArgmax;
  assign store_push_o = uop_sent && is_store;
  assign matrix_push_o = uop_sent && is_matrix;

  always_comb begin
    state_d = state_q;
    wait_d = wait_q - 1'b1;
    trap = 1'b0;
    trap_cause = TrapIllegalInstruction;
    trap_value = '0;
    retire = 1'b0;
    jump = 1'b0;
    fetch = 1'b0;
    result_we = 1'b0;
    vl_we = 1'b0;
    input_take = 1'b0;
    output_put = 1'b0;
    stall_o = StallNone;

    unique case (state_q)
      StateIdle: if (start_i) state_d = StateFetch;

      StateFetch: begin
        if (instret_q == pause_at_i) begin
          state_d = StateFetch;
        end else if (index_q >= program_length_i) begin
          trap = 1'b1;
          trap_cause = TrapInstructionAddress;
          trap_value = code_address(index_q);
        end else begin
          fetch = 1'b1;
          state_d = StateDecode;
        end
      end

      StateDecode: state_d = StateExecute;

      StateExecute: begin
        if (!decoded_q.legal || is_unsupported) begin
          trap = 1'b1;
          trap_cause = decoded_q.legal ? TrapUnsupported : TrapIllegalInstruction;
          trap_value = 64'(word[31:0]);
        end else if (operand_pending) begin
          stall_o = StallScalarPending;
        end else begin
          unique case (decoded_q.opcode)
            OpMul: begin
              wait_d = WaitBits'(ClocksFrontMultiply);
              state_d = StateMultiply;
            end
            OpJal, OpJalr, OpBeq, OpBne, OpBlt, OpBge, OpBltu, OpBgeu: begin
              if (taken) state_d = StateJump;
              else retire = 1'b1;
            end
            OpSetvl, OpSetvli: begin
              trap = !length_legal;
              trap_cause = TrapVectorLength;
              trap_value = length;
              vl_we = length_legal;
              retire = length_legal;
            end
            OpDeq: begin
              if (input_valid) begin
                input_take = 1'b1;
                result_we = 1'b1;
                retire = 1'b1;
              end else if (in_closed_i && !in_valid_i) begin
                trap = 1'b1;
                trap_cause = TrapQueueEmpty;
              end else begin
                stall_o = StallInput;
              end
            end
            OpEnq: begin
              output_put = drained && output_ready;
              retire = drained && output_ready;
              if (!drained) stall_o = StallDrain;
              else if (!output_ready) stall_o = StallOutput;
            end
            OpHalt: begin
              retire = drained;
              if (!drained) stall_o = StallDrain;
            end
            OpTrap: begin
              trap = 1'b1;
              trap_cause = TrapSoftware;
              trap_value = imm;
            end
            OpTmatmulT4, OpTmatmulT5: begin
              trap = columns == '0;
              trap_cause = TrapVectorLength;
              wait_d = WaitBits'(ClocksFrontMatrix);
              state_d = StateMatrix;
            end
            default: begin
              if (is_memory) begin
                state_d = StateAddress;
              end else if (decoded_q.unit != UnitControl) begin
                state_d = StateDispatch;
              end else begin
                result_we = 1'b1;
                retire = 1'b1;
              end
            end
          endcase
        end
      end

      StateMultiply: begin
        result_we = wait_q == WaitBits'(1);
        retire = wait_q == WaitBits'(1);
      end

      StateJump: begin
        trap = !target_legal;
        trap_cause = TrapInstructionAddress;
        trap_value = sum_q;
        result_we = target_legal && writes_x;
        retire = target_legal;
        jump = 1'b1;
      end

      StateMatrix: if (wait_q == WaitBits'(1)) state_d = StateAddress;

      StateAddress: begin
        state_d = StateDispatch;
        trap = misaligned || out_of_range;
        trap_cause = misaligned ? TrapAddressMisaligned : TrapAddressOutOfRange;
        trap_value = sum_q;
      end

      StateDispatch: begin
        retire = load_sent || uop_sent;
        if (held_by_order) stall_o = StallMemoryOrder;
        else if (!retire) stall_o = StallQueueFull;
      end

      StateTrap: begin
        if (drained) state_d = StateTrapped;
        else stall_o = StallDrain;
      end

      StateTrapped, StateHalted: state_d = state_q;

      default: state_d = StateIdle;
    endcase

    if (trap) state_d = StateTrap;
    else if (retire) state_d = decoded_q.opcode == OpHalt ? StateHalted : StateFetch;
  end

  assign vl_d = length[VlBits-1:0];

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      state_q <= StateIdle;
      wait_q <= '0;
      index_q <= '0;
      instret_q <= '0;
      vl_q <= vl_t'(1);
      q_length_q <= '0;
      trap_cause_q <= TrapIllegalInstruction;
      trap_value_q <= '0;
    end else begin
      state_q <= state_d;
      wait_q <= wait_d;
      if (state_q == StateIdle && start_i) index_q <= entry_i;
      if (retire) begin
        instret_q <= instret_q + 64'd1;
        // pc stays at halt
        if (jump) index_q <= target_index[31:0];
        else if (decoded_q.opcode != OpHalt) index_q <= index_q + 32'd1;
      end
      if (vl_we) vl_q <= vl_d;
      if (uop_sent && decoded_q.opcode == OpQuant) q_length_q[decoded_q.rd.index[1:0]] <= vl_q;
      if (trap) begin
        trap_cause_q <= trap_cause;
        trap_value_q <= trap_value;
      end
    end
  end

  // ---- what the host sees --------------------------------------------------------------------------
  logic waits;  // at an instruction whose operands are there, and everything older has ended

  assign waits = state_q == StateExecute && decoded_q.legal && drained;
  assign halted_o = state_q == StateHalted;
  assign trapped_o = state_q == StateTrapped;
  assign paused_o = state_q == StateFetch && instret_q == pause_at_i && drained;
  assign trap_cause_o = trap_cause_q;
  assign trap_pc_o = code_address(index_q);
  assign trap_value_o = trap_value_q;
  assign waiting_input_o = waits && decoded_q.opcode == OpDeq && !input_valid && !in_valid_i
      && !in_closed_i;
  assign waiting_output_o = waits && decoded_q.opcode == OpEnq && !output_ready;
  assign instret_o = instret_q;

  assign retired_o = '{
    valid: retire,
    sequence_number: instret_q[SequenceBits-1:0],
    index: index_q,
    queued: uop_sent,
    writes_x: result_we && decoded_q.rd.index != '0,
    rd: decoded_q.rd.index,
    x: result
  };

`ifndef SYNTHESIS
  assert property (@(posedge clk_i) disable iff (!rst_ni) !(trap && retire))
  else $error("ternac_front: an instruction traps and retires");
  assert property (@(posedge clk_i) disable iff (!rst_ni) result_we |-> writes_x)
  else $error("ternac_front: a scalar result that no register receives");
  assert property (@(posedge clk_i) disable iff (!rst_ni)
                   state_q != StateIdle |-> program_length_i <= 32'(Cfg.instructions) && !program_we_i)
  else $error("ternac_front: the program is too long, or written while it runs");
  assert property (@(posedge clk_i) disable iff (!rst_ni)
                   (uop_valid_o || load_valid_o) && is_memory |->
                   range_q.last < line_t'(Cfg.dram_bytes >> $clog2(LineBytes)))
  else $error("ternac_front: an access outside of DRAM leaves the front end");
  assert property (@(posedge clk_i) disable iff (!rst_ni)
                   weights_valid_o && weights_ready_i |-> matrix_push_o)
  else $error("ternac_front: a matrix without its instruction");
`endif
endmodule
