// Which scalar registers wait for a scalar load or for argmax. A register whose value comes in clock t
// is no longer pending in t + 2: it is written at the end of t, and read again in t + 1.

module ternac_scalar_pending
  import ternac_pkg::*;
  import ternac_core_pkg::*;
(
  input  logic                clk_i,            // clock
  input  logic                rst_ni,           // asynchronous reset, active low
  input  logic                load_i,           // a scalar load goes on its way
  input  logic          [4:0] load_rd_i,        // the register that it will write
  input  logic                loaded_i,         // a scalar load ends
  input  logic          [4:0] loaded_rd_i,      // the register that it writes
  input  logic                argmax_i,         // an argmax goes into the issue queue
  input  logic          [4:0] argmax_xindex_i,  // the registers that it may write
  input  logic          [4:0] argmax_xmax_i,
  input  argmax_t             argmax_result_i,  // an argmax ends
  output logic [NumXRegs-1:0] pending_o,        // registers that wait; never x0
  output logic                loads_o           // a scalar load is under way
);
  localparam int unsigned CountBits = 2;

  logic [NumXRegs-1:0] pending_q;
  logic [NumXRegs-1:0] set;
  logic [NumXRegs-1:0] clear;
  logic [NumXRegs-1:0] clear_q;
  logic [CountBits-1:0] loads_q;

  always_comb begin
    set = '0;
    if (load_i) set[load_rd_i] = 1'b1;
    if (argmax_i) begin
      set[argmax_xindex_i] = 1'b1;
      set[argmax_xmax_i] = 1'b1;
    end
    set[0] = 1'b0;

    clear = '0;
    if (loaded_i) clear[loaded_rd_i] = 1'b1;
    if (argmax_result_i.valid) begin
      clear[argmax_result_i.xindex] = 1'b1;
      clear[argmax_result_i.xmax] = 1'b1;
    end
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      pending_q <= '0;
      clear_q <= '0;
      loads_q <= '0;
    end else begin
      pending_q <= (pending_q & ~clear_q) | set;
      clear_q <= clear;
      if (load_i != loaded_i) loads_q <= load_i ? loads_q + 1'b1 : loads_q - 1'b1;
    end
  end

  assign pending_o = pending_q;
  assign loads_o = loads_q != '0;

  // argmax's values go to the registers, not here.
  logic unused;
  assign unused = ^{argmax_result_i.update, argmax_result_i.index, argmax_result_i.max};

`ifndef SYNTHESIS
  assert property (@(posedge clk_i) disable iff (!rst_ni) (set & pending_q) == '0)
  else $error("ternac_scalar_pending: a register that waits already");
  assert property (@(posedge clk_i) disable iff (!rst_ni) (clear & ~pending_q & ~32'd1) == '0)
  else $error("ternac_scalar_pending: a value for a register that does not wait");
  assert property (@(posedge clk_i) disable iff (!rst_ni) loaded_i |-> loads_q != '0)
  else $error("ternac_scalar_pending: a load ends that was not begun");
  assert property (@(posedge clk_i) disable iff (!rst_ni) load_i |-> loads_q != '1)
  else $error("ternac_scalar_pending: too many loads");
`endif
endmodule
