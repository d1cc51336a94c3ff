// Issue queue and scoreboard: gives instructions to the functional units in program order. Each waits
// until its unit is idle and no instruction that runs holds one of its registers.
//
// What is pushed in clock t can start in t + 1. Registers and unit of an instruction whose done comes
// in clock t are free in t + 1.

module ternac_issue
  import ternac_pkg::*;
  import ternac_core_pkg::*;
#(
  parameter config_t Cfg = ConfigTiny  // what the core is built of
) (
  input  logic                 clk_i,             // clock
  input  logic                 rst_ni,            // asynchronous reset, active low
  input  logic                 uop_valid_i,       // the front end has an instruction
  output logic                 uop_ready_o,       // the queue has room; does not depend on uop_valid_i
  input  uop_t                 uop_i,             // the instruction
  output logic  [NumUnits-1:0] start_o,           // start, one bit for each issue_unit_e; one at a time
  output uop_t                 uop_o,             // what starts
  input  logic  [NumUnits-1:0] done_i,            // the unit's instruction ends in this clock
  output range_t               store_range_o,     // what the oldest instruction writes, if a store
  input  logic                 store_conflict_i,  // weights in it are not fetched
  output logic                 drained_o,         // nothing queued, nothing running
  output done_t [NumUnits-1:0] done_o,            // what ends, with its place in program order
  output stall_e               stall_o,           // why nothing starts in this clock
  output logic  [NumUnits-1:0] busy_o             // units that run
);
  if (Cfg.issue_queue < 2) begin : gen_issue_queue
    $error("ternac_issue: issue_queue must be 2 or more");
  end

  // ---- the queue: a FIFO, and a register for the oldest instruction --------------------------------
  logic fifo_in_valid, fifo_in_ready, fifo_out_valid, fifo_out_ready;
  uop_t fifo_out;
  uop_t next_uop;
  uop_t head_q;
  logic head_valid_q;
  logic head_free;  // the register takes another instruction in this clock
  logic bypass;     // what is pushed goes there directly
  logic start;

  assign head_free = !head_valid_q || start;
  assign bypass = head_free && !fifo_out_valid;
  assign fifo_in_valid = uop_valid_i && uop_ready_o && !bypass;
  assign fifo_out_ready = head_free;
  assign uop_ready_o = fifo_in_ready;
  assign next_uop = fifo_out_valid ? fifo_out : uop_i;

  ternac_fifo #(
    .Width($bits(uop_t)),
    .Depth(Cfg.issue_queue - 1)
  ) u_fifo (
    .clk_i,
    .rst_ni,
    .in_valid_i(fifo_in_valid),
    .in_ready_o(fifo_in_ready),
    .in_data_i(uop_i),
    .out_valid_o(fifo_out_valid),
    .out_ready_i(fifo_out_ready),
    .out_data_o(fifo_out)
  );

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) head_valid_q <= 1'b0;
    else if (head_free) head_valid_q <= fifo_out_valid || (uop_valid_i && uop_ready_o);
  end

  // ---- what a store writes, ready with the instruction itself --------------------------------------
  logic is_store_q;
  range_t range_q;

  // Bytes of a store, less 1.
  function automatic address_t store_last(opcode_e opcode, vl_t vl);
    unique case (opcode)
      OpSw: return address_t'(3);
      OpSd: return address_t'(7);
      default: return (address_t'(vl) << 2) - 1'b1;
    endcase
  endfunction

  always_ff @(posedge clk_i) begin
    if (head_free) begin
      head_q <= next_uop;
      is_store_q <= next_uop.opcode inside {OpSv, OpSw, OpSd};
      range_q.first <= line_t'(next_uop.address >> $clog2(LineBytes));
      range_q.last <= line_t'((next_uop.address + store_last(next_uop.opcode, next_uop.vl)) >> $clog2(LineBytes));
    end
  end

  assign store_range_o = range_q;
  assign uop_o = head_q;

  // ---- scoreboard ----------------------------------------------------------------------------------
  logic [NumUnits-1:0] busy_q;
  logic [NumUnits-1:0][NumVRegs-1:0] v_held_q;  // of the instruction in each unit; 0 when idle
  logic [NumUnits-1:0][NumQRegs-1:0] q_held_q;
  sequence_t [NumUnits-1:0] sequence_q;
  logic [NumVRegs-1:0] v_busy;
  logic [NumQRegs-1:0] q_busy;
  logic register_free;

  always_comb begin
    v_busy = '0;
    q_busy = '0;
    for (int unsigned unit = 0; unit < NumUnits; unit++) begin
      v_busy |= v_held_q[unit];
      q_busy |= q_held_q[unit];
    end
  end

  assign register_free = (head_q.v_held & v_busy) == '0 && (head_q.q_held & q_busy) == '0;

  always_comb begin
    start = 1'b0;
    stall_o = StallNone;
    if (!head_valid_q) stall_o = StallEmpty;
    else if (busy_q[head_q.unit]) stall_o = StallUnit;
    else if (!register_free) stall_o = StallRegister;
    else if (is_store_q && store_conflict_i) stall_o = StallMemoryOrder;
    else start = 1'b1;
  end

  always_comb begin
    start_o = '0;
    start_o[head_q.unit] = start;
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      busy_q <= '0;
      v_held_q <= '0;
      q_held_q <= '0;
      sequence_q <= '0;
    end else begin
      for (int unsigned unit = 0; unit < NumUnits; unit++) begin
        if (start_o[unit]) begin
          busy_q[unit] <= 1'b1;
          v_held_q[unit] <= head_q.v_held;
          q_held_q[unit] <= head_q.q_held;
          sequence_q[unit] <= head_q.sequence_number;
        end else if (done_i[unit]) begin
          busy_q[unit] <= 1'b0;
          v_held_q[unit] <= '0;
          q_held_q[unit] <= '0;
        end
      end
    end
  end

  assign busy_o = busy_q;
  assign drained_o = !head_valid_q && busy_q == '0;

  always_comb begin
    for (int unsigned unit = 0; unit < NumUnits; unit++)
      done_o[unit] = '{valid: done_i[unit], sequence_number: sequence_q[unit]};
  end

`ifndef SYNTHESIS
  assert property (@(posedge clk_i) disable iff (!rst_ni) !(uop_valid_i && uop_ready_o)
                   || (uop_i.vl != '0 && uop_i.vl <= vl_t'(Cfg.vlmax)
                       && (uop_i.v_held != '0 || uop_i.opcode inside {OpSw, OpSd})))
  else $error("ternac_issue: an instruction without a length or without registers");
  assert property (@(posedge clk_i) disable iff (!rst_ni) (start_o & busy_q) == '0)
  else $error("ternac_issue: start of a unit that is not idle");
  assert property (@(posedge clk_i) disable iff (!rst_ni) (done_i & ~busy_q) == '0)
  else $error("ternac_issue: done of a unit that is idle");
  // An instruction is queued only behind one in the register.
  assert property (@(posedge clk_i) disable iff (!rst_ni) fifo_out_valid |-> head_valid_q)
  else $error("ternac_issue: a gap at the head of the queue");

  for (genvar one = 0; one < NumUnits; one++) begin : gen_one
    for (genvar other = one + 1; other < NumUnits; other++) begin : gen_other
      assert property (@(posedge clk_i) disable iff (!rst_ni)
                       (v_held_q[one] & v_held_q[other]) == '0
                       && (q_held_q[one] & q_held_q[other]) == '0)
      else $error("ternac_issue: two instructions hold one register");
    end
  end
`endif
endmodule
