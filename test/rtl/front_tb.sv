// Runs programs on the front end and the issue stage, with units that only take time, and prints what
// retires and where it ends. Vector registers are modelled for splat, ldv, sv and argmax; results of
// other vector instructions are not, so a program must not look at them.
//
// +programs=FILE: for each program, hexadecimal numbers: instructions, entry, entries of the input
// queue, whether the input is closed behind them, whether the host takes output, pause_at, clocks after
// which a first attempt is cut off by a reset; then the words, then the entries.

/* verilator lint_off BLKSEQ */
/* verilator lint_off WIDTH */
/* verilator lint_off UNUSEDSIGNAL */
/* verilator lint_off SYNCASYNCNET */
module front_tb;
  import ternac_pkg::*;
  import ternac_core_pkg::*;

  localparam config_t Cfg = ConfigTiny;
  localparam int unsigned MaxEntries = 256;
  localparam int unsigned DumpedWords = 512;  // words of DRAM that are compared

  logic clk = 1'b0;
  always #5 clk = !clk;

  logic rst_n = 1'b0;
  logic program_we = 1'b0;
  logic [$clog2(Cfg.instructions)-1:0] program_index;
  logic [63:0] program_word;
  logic start = 1'b0;
  logic [31:0] entry, program_length;
  logic [63:0] pause_at;
  logic halted, trapped, paused, waiting_input, waiting_output;
  logic [7:0] trap_cause;
  logic [63:0] trap_pc, trap_value, instret;
  logic in_valid, in_ready, in_closed, out_valid, out_ready;
  logic [63:0] in_data, out_data;
  logic uop_valid, uop_ready, weights_valid, weights_ready;
  uop_t front_uop, uop;
  weights_t weights;
  range_t query, store, matrix, store_query;
  logic query_conflict, store_push, store_full, matrix_push, matrix_full, store_conflict, fetched;
  logic load_valid, load_ready, load_double, loaded_valid;
  address_t load_address;
  logic [4:0] load_rd, loaded_rd;
  logic [63:0] loaded_data;
  argmax_t argmax;
  logic no_stores, issue_drained, store_done;
  logic [NumUnits-1:0] unit_start, unit_done, busy;
  retired_t retired;
  done_t [NumUnits-1:0] done;
  stall_e front_stall, issue_stall;

  ternac_front #(.Cfg(Cfg)) u_front (
    .clk_i(clk), .rst_ni(rst_n),
    .program_we_i(program_we), .program_index_i(program_index), .program_word_i(program_word),
    .start_i(start), .entry_i(entry), .program_length_i(program_length), .pause_at_i(pause_at),
    .halted_o(halted), .trapped_o(trapped), .paused_o(paused), .trap_cause_o(trap_cause),
    .trap_pc_o(trap_pc), .trap_value_o(trap_value), .waiting_input_o(waiting_input),
    .waiting_output_o(waiting_output), .instret_o(instret),
    .in_valid_i(in_valid), .in_ready_o(in_ready), .in_data_i(in_data), .in_closed_i(in_closed),
    .out_valid_o(out_valid), .out_ready_i(out_ready), .out_data_o(out_data),
    .uop_valid_o(uop_valid), .uop_ready_i(uop_ready), .uop_o(front_uop),
    .weights_valid_o(weights_valid), .weights_ready_i(weights_ready), .weights_o(weights),
    .query_o(query), .query_conflict_i(query_conflict),
    .store_push_o(store_push), .store_o(store), .store_full_i(store_full),
    .matrix_push_o(matrix_push), .matrix_o(matrix), .matrix_full_i(matrix_full),
    .load_valid_o(load_valid), .load_ready_i(load_ready), .load_address_o(load_address),
    .load_double_o(load_double), .load_rd_o(load_rd),
    .loaded_valid_i(loaded_valid), .loaded_rd_i(loaded_rd), .loaded_data_i(loaded_data),
    .argmax_i(argmax), .drained_i(issue_drained && no_stores),
    .retired_o(retired), .stall_o(front_stall)
  );

  ternac_issue #(.Cfg(Cfg)) u_issue (
    .clk_i(clk), .rst_ni(rst_n),
    .uop_valid_i(uop_valid), .uop_ready_o(uop_ready), .uop_i(front_uop),
    .start_o(unit_start), .uop_o(uop), .done_i(unit_done),
    .store_range_o(store_query), .store_conflict_i(store_conflict),
    .drained_o(issue_drained), .done_o(done), .stall_o(issue_stall), .busy_o(busy)
  );

  ternac_memory_order #(.Cfg(Cfg)) u_memory_order (
    .clk_i(clk), .rst_ni(rst_n),
    .query_i(query), .query_conflict_o(query_conflict),
    .store_push_i(store_push), .store_i(store), .store_full_o(store_full), .store_pop_i(store_done),
    .no_stores_o(no_stores),
    .matrix_push_i(matrix_push), .matrix_i(matrix), .matrix_full_o(matrix_full),
    .matrix_pop_i(fetched), .store_query_i(store_query), .store_conflict_o(store_conflict)
  );

  // ---- units that take random times ----------------------------------------------------------------
  logic [31:0] dram [longint unsigned];  // by word
  logic signed [31:0] v [NumVRegs][Cfg.vlmax];
  uop_t running [NumUnits];
  int unsigned left [NumUnits];  // clocks until done; 0: idle
  int unsigned load_left, weights_left;
  argmax_t argmax_result;
  address_t load_from;
  logic load_from_double;

  // What may not overlap, kept independently of the table under test.
  typedef struct {
    longint unsigned first;  // bytes
    longint unsigned last;
    int unsigned sequence_number;
  } access_t;
  access_t stores [$];    // not acknowledged, oldest first
  access_t matrices [$];  // not fetched, oldest first

  function automatic logic is_store(uop_t u);
    return u.opcode inside {OpSv, OpSw, OpSd};
  endfunction

  function automatic longint unsigned bytes_of(uop_t u);
    unique case (u.opcode)
      OpSw: return 4;
      OpSd: return 8;
      default: return 4 * longint'(u.vl);
    endcase
  endfunction

  function automatic logic overlap(access_t a, access_t b);
    return a.first <= b.last && b.first <= a.last;
  endfunction

  // The product that runs does not have all of its weights.
  function automatic logic unfetched();
    return matrices.size() > 0
        && matrices[0].sequence_number <= int'(running[IssueTmatmul].sequence_number);
  endfunction

  function automatic logic [31:0] read_word(longint unsigned address);
    return dram.exists(address >> 2) ? dram[address >> 2] : '0;
  endfunction

  task automatic finish(uop_t u);
    unique case (u.opcode)
      OpSplat: for (int i = 0; i < int'(u.vl); i++) v[u.vd][i] = u.scalar[31:0];
      OpLdv: for (int i = 0; i < int'(u.vl); i++) v[u.vd][i] = read_word(u.address + 4 * i);
      OpSv: for (int i = 0; i < int'(u.vl); i++) dram[(u.address >> 2) + i] = v[u.vs2][i];
      OpSw: dram[u.address >> 2] = u.scalar[31:0];
      OpSd: begin
        dram[u.address >> 2] = u.scalar[31:0];
        dram[(u.address >> 2) + 1] = u.scalar[63:32];
      end
      default: ;
    endcase
  endtask

  always_comb begin
    for (int unsigned unit = 0; unit < NumUnits; unit++) unit_done[unit] = left[unit] == 1;
    store_done = unit_done[IssueLsu] && is_store(running[IssueLsu]);
    argmax = argmax_result;
    argmax.valid = unit_done[IssueRms] && running[IssueRms].opcode == OpArgmax;
    loaded_valid = load_left == 1;
    fetched = weights_left == 1;
  end

  assign load_ready = load_left == 0;

  always @(posedge clk) begin
    weights_ready <= $urandom_range(3, 0) != 0 && matrices.size() < 4;
    if (!rst_n) begin
      for (int unsigned unit = 0; unit < NumUnits; unit++) left[unit] <= 0;
      load_left <= 0;
      weights_left <= 0;
      weights_ready <= 1'b0;
      stores.delete();
      matrices.delete();
    end else begin
      for (int unsigned unit = 0; unit < NumUnits; unit++) begin
        if (unit_start[unit]) begin
          running[unit] <= uop;
          left[unit] <= $urandom_range(5, 0) == 0 ? 60
              : $urandom_range(12, unit == IssueTmatmul ? 2 : 1);
        end else if (left[unit] != 0 && !(unit == IssueTmatmul && left[unit] == 2 && unfetched()))
          left[unit] <= left[unit] - 1;
        if (unit_done[unit]) finish(running[unit]);
      end
      if (unit_start[IssueRms] && uop.opcode == OpArgmax) begin
        argmax_result.valid = 1'b0;
        argmax_result.update = 1'b0;
        argmax_result.xindex = uop.xindex;
        argmax_result.xmax = uop.xmax;
        argmax_result.max = uop.scalar;
        argmax_result.index = '0;
        for (int i = 0; i < int'(uop.vl); i++) begin
          if (64'(v[uop.vs2][i]) > $signed(argmax_result.max)) begin
            argmax_result.update = 1'b1;
            argmax_result.max = 64'(v[uop.vs2][i]);
            argmax_result.index = uop.base + 64'(i);
          end
        end
      end
      // scalar loads see memory at some time between request and response
      if (load_valid && load_ready) begin
        load_left <= $urandom_range(3, 0) == 0 ? 80 : $urandom_range(20, 2);
        load_from <= load_address;
        load_from_double <= load_double;
        loaded_rd <= load_rd;
        loaded_data <= load_double ? {read_word(load_address + 4), read_word(load_address)}
            : 64'($signed(read_word(load_address)));
      end else if (load_left != 0) begin
        load_left <= load_left - 1;
        if (load_left == 2 && $urandom_range(1, 0) == 0)
          loaded_data <= load_from_double ? {read_word(load_from + 4), read_word(load_from)}
              : 64'($signed(read_word(load_from)));
      end
      // order in memory
      if (uop_valid && uop_ready && is_store(front_uop)) begin
        access_t written;
        written.first = longint'(front_uop.address);
        written.last = written.first + bytes_of(front_uop) - 1;
        written.sequence_number = front_uop.sequence_number;
        stores.push_back(written);
        assert (load_left == 0) else $error("a store is queued while a scalar load is under way");
      end
      if (weights_valid && weights_ready) begin
        access_t access;
        access.first = longint'(weights.first) * LineBytes;
        access.last = (longint'(weights.first) + longint'(weights.num_lines)) * LineBytes - 1;
        access.sequence_number = front_uop.sequence_number;
        foreach (stores[i]) begin
          assert (!overlap(access, stores[i])) else $error("weights are fetched before they are stored");
        end
        matrices.push_back(access);
      end
      if (unit_start[IssueLsu] && is_store(uop)) begin
        assert (stores.size() > 0 && stores[0].sequence_number == uop.sequence_number)
        else $error("stores out of order");
        foreach (matrices[i]) begin
          assert (!overlap(stores[0], matrices[i])) else $error("a store overwrites weights not fetched");
        end
      end
      if (store_done) void'(stores.pop_front());
      if (fetched) void'(matrices.pop_front());
      if (weights_left != 0) weights_left <= weights_left - 1;
      else if (matrices.size() > 0) weights_left <= $urandom_range(40, 2);
      // the trace
      if (retired.valid && tracing)
        $display("r %0d %0d %0h", retired.index, retired.writes_x ? retired.rd : 0,
                 retired.writes_x ? retired.x : 0);
    end
  end

  // ---- host ----------------------------------------------------------------------------------------
  int file, status;
  logic tracing = 1'b0;
  int unsigned num_words, num_entries, closes, takes, cut;
  logic [63:0] words [Cfg.instructions];
  logic [63:0] entries [MaxEntries];
  int unsigned pushed;

  always @(posedge clk) begin
    if (!rst_n) begin
      in_valid <= 1'b0;
      in_closed <= 1'b0;
      out_ready <= 1'b0;
      pushed <= 0;
    end else begin
      if (in_valid && in_ready) begin
        pushed <= pushed + 1;
        in_valid <= 1'b0;
      end else if (!in_valid && pushed < num_entries && $urandom_range(9, 0) == 0) begin
        in_valid <= 1'b1;
        in_data <= entries[pushed];
      end
      in_closed <= closes != 0 && pushed == num_entries;
      out_ready <= takes != 0 && $urandom_range(19, 0) == 0;
      if (tracing && out_valid && out_ready) $display("out %0h", out_data);
    end
  end

  function automatic logic [63:0] x_register(int unsigned index);
    if (!u_front.u_scalar_regs.written_q[index]) return '0;
    unique case (u_front.u_scalar_regs.bank_q[index])
      2'd0: return u_front.u_scalar_regs.gen_bank[0].values_q[index];
      2'd1: return u_front.u_scalar_regs.gen_bank[1].values_q[index];
      2'd2: return u_front.u_scalar_regs.gen_bank[2].values_q[index];
      default: return u_front.u_scalar_regs.gen_bank[3].values_q[index];
    endcase
  endfunction

  // As the target interface names it; the host has no more entries where it says that it waits.
  function automatic string reason();
    if (halted) return "halted";
    if (trapped) return "trap";
    if (paused) return "steps";
    if (waiting_input && pushed == num_entries && closes == 0) return "input";
    if (waiting_output && takes == 0) return "output";
    return "";
  endfunction

  // Between two edges, so that nothing races with the clock.
  task automatic begin_run();
    rst_n = 1'b0;
    dram.delete();
    for (int r = 0; r < NumVRegs; r++) for (int i = 0; i < Cfg.vlmax; i++) v[r][i] = '0;
    repeat (2) @(negedge clk);
    rst_n = 1'b1;
    for (int unsigned i = 0; i < num_words; i++) begin
      program_we = 1'b1;
      program_index = i;
      program_word = words[i];
      @(negedge clk);
    end
    program_we = 1'b0;
    start = 1'b1;
    @(negedge clk);
    start = 1'b0;
  endtask

  initial begin
    string name;
    int unsigned clocks;
    if (!$value$plusargs("programs=%s", name)) $fatal(1, "+programs=FILE is missing");
    file = $fopen(name, "r");
    while ($fscanf(file, "%h %h %h %h %h %h %h", num_words, entry, num_entries, closes, takes,
                   pause_at, cut) == 7) begin
      program_length = num_words;
      for (int unsigned i = 0; i < num_words; i++) status = $fscanf(file, "%h", words[i]);
      for (int unsigned i = 0; i < num_entries; i++) status = $fscanf(file, "%h", entries[i]);
      if (cut != 0) begin
        begin_run();
        repeat (cut) @(negedge clk);
      end
      begin_run();
      tracing = 1'b1;
      clocks = 0;
      while (reason() == "") begin
        @(negedge clk);
        clocks++;
        if (clocks > 2000000) $fatal(1, "a program does not end");
      end
      assert (busy == '0 && load_left == 0 && stores.size() == 0 && matrices.size() == 0)
      else $error("it says that it stopped, but something is still under way");
      if (trapped) $display("trap %0d %0h", trap_cause, trap_value);
      $display("end %s %0d %0h", reason(), instret, trap_pc);
      // What is left in the output queue.
      while (out_valid && takes != 0) @(negedge clk);
      tracing = 1'b0;
      for (int unsigned i = 0; i < NumXRegs; i++) $display("x %0h", x_register(i));
      for (int unsigned i = 0; i < DumpedWords; i++) $display("m %0h", read_word(4 * i));
      $display("clocks %0d", clocks);
    end
    $finish;
  end
endmodule
