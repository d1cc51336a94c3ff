// sigmoid30() of isa/machine.yaml of an element a clock, pipelined: look-up, interpolation.
module ternac_rowwise_sigmoid
  import ternac_pkg::*;
(
  input  logic                       clk_i,
  input  logic [4:0]                 valid_i,    // stage s works in this clock: 0 takes element_i
  input  logic [31:0]                element_i,  // an element
  output logic [TableFractionBits:0] sigmoid_o,  // in units of 2^-30; after stage 4
  output logic [31:0]                element_o   // the element that sigmoid_o belongs to
);
  localparam int unsigned StepBits = FractionBits - SigStepBits;  // of an element within a segment
  localparam int unsigned Segments = SigLimit << SigStepBits;
  localparam int unsigned IndexBits = $clog2(Segments);
  localparam int unsigned RiseBits = TableFractionBits - SigStepBits - 2;  // the slope is below 1/4
  localparam int unsigned ProductBits = RiseBits + StepBits;
  localparam logic [TableFractionBits:0] One = {1'b1, TableFractionBits'(0)};

  // A segment's value and its rise to the next: block RAM.
  logic [RiseBits+TableFractionBits-1:0] table_q [Segments];
  initial begin
    for (int unsigned j = 0; j < Segments; j++)
      table_q[j] = {RiseBits'(Sig[j+1] - Sig[j]), Sig[j]};
  end

  logic [4:0][31:0] element_q;  // after each stage
  logic [31:0] magnitude_q;
  logic [RiseBits+TableFractionBits-1:0] read_q;
  logic [TableFractionBits-1:0] entry_q;
  logic [RiseBits-1:0] rise_q;
  logic [StepBits-1:0] step_1_q, step_2_q;
  logic beyond_1_q, beyond_2_q;  // the limit
  logic [TableFractionBits:0] base_q, sum_q;
  logic [ProductBits-1:0] product_q;

  logic [TableFractionBits:0] rise;
  assign rise = (TableFractionBits+1)'(product_q >> StepBits);

  always_ff @(posedge clk_i) begin
    if (valid_i[0]) begin
      element_q[0] <= element_i;
      magnitude_q <= element_i[31] ? -element_i : element_i;
    end
    if (valid_i[1]) begin
      element_q[1] <= element_q[0];
      read_q <= table_q[magnitude_q[StepBits+:IndexBits]];
      step_1_q <= magnitude_q[StepBits-1:0];
      beyond_1_q <= |magnitude_q[31:StepBits+IndexBits];
    end
    if (valid_i[2]) begin  // the block RAM's output register
      element_q[2] <= element_q[1];
      entry_q <= read_q[TableFractionBits-1:0];
      rise_q <= beyond_1_q ? '0 : read_q[TableFractionBits+:RiseBits];
      step_2_q <= step_1_q;
      beyond_2_q <= beyond_1_q;
    end
    if (valid_i[3]) begin
      element_q[3] <= element_q[2];
      // sigmoid(-a) = 1 - sigmoid(a): from 1 - base, the rise is taken off. Beyond the limit, base is 1.
      if (element_q[2][31]) base_q <= beyond_2_q ? '0 : One - {1'b0, entry_q};
      else base_q <= beyond_2_q ? One : {1'b0, entry_q};
      product_q <= ProductBits'(rise_q) * ProductBits'(step_2_q) + ProductBits'(1 << (StepBits - 1));
    end
    if (valid_i[4]) begin
      element_q[4] <= element_q[3];
      sum_q <= element_q[3][31] ? base_q - rise : base_q + rise;
    end
  end

  assign sigmoid_o = sum_q;
  assign element_o = element_q[4];
endmodule
