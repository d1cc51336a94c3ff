// Weight fetch: streams the matrices of coming products from all channels into banks, ahead of the ternary
// unit. Every channel goes through the list of matrices at its own pace.
//
// Granule g is in channel g mod channels and goes to bank g mod product_granules, so a channel always feeds
// the same banks. docs/core.md has the timing.
module ternac_weight_fetch
  import ternac_pkg::*;
  import ternac_core_pkg::*;
#(
  parameter config_t Cfg = ConfigTiny,
  localparam int unsigned Ch = Cfg.channels,
  localparam int unsigned P = Cfg.product_granules,
  localparam int unsigned GranBits = 8 * Cfg.beat_bytes,
  localparam int unsigned ChAddrBits = AddressBits - $clog2(Cfg.beat_bytes) - $clog2(Ch)
) (
  input  logic                            clk_i,
  input  logic                            rst_ni,
  // matrices, in program order
  input  logic                            weights_valid_i,
  output logic                            weights_ready_o,
  input  weights_t                        weights_i,
  output logic                            fetched_o,      // the oldest matrix has arrived completely
  // to the memory ports
  output logic [Ch-1:0]                   req_valid_o,    // a burst; stays until it is accepted
  input  logic [Ch-1:0]                   req_ready_i,
  output logic [Ch-1:0][ChAddrBits-1:0]   req_address_o,  // its first granule within the channel
  output logic [Ch-1:0][7:0]              req_beats_o,    // its granules
  input  logic [Ch-1:0]                   rsp_valid_i,    // a granule, in the order of the requests
  input  logic [Ch-1:0][GranBits-1:0]     rsp_data_i,
  input  logic [Ch-1:0]                   rsp_last_i,     // the last one of its burst
  // to the ternary unit
  output logic [P-1:0]                    bank_valid_o,   // bank_data_o is the bank's oldest granule
  output logic [P-1:0][GranBits-1:0]      bank_data_o,
  input  logic [P-1:0]                    bank_pop_i      // take it
);
  localparam int unsigned Matrices = 8;  // accepted, and not yet fetched
  localparam int unsigned IndexBits = $clog2(Matrices);
  localparam int unsigned ChBits = $clog2(Ch);
  localparam int unsigned LineShift = $clog2(LineBytes / Cfg.beat_bytes);  // granules of a line
  localparam int unsigned GranuleBits = LineBits + LineShift;              // a granule's number
  // The largest matrix is VLMAX x VLMAX, four rows a byte.
  localparam int unsigned CountBits =
      $clog2(Cfg.vlmax / 4 * Cfg.vlmax / (Cfg.beat_bytes * Ch) + 2);
  // Granules that arrived early belong to any of the matrices that are not fetched.
  localparam int unsigned ArrivedBits = CountBits + IndexBits;

  if (LineBytes % Cfg.beat_bytes != 0 || Ch != 1 << ChBits || P < Ch) begin : gen_parameters
    $error("beat_bytes divides a line; channels is a power of two, at most product_granules");
  end
  if (ClocksWeightFetchFetched != 2) begin : gen_clocks
    $error("fetched_o takes two clocks");
  end

  // The list. A matrix leaves it when all its granules have arrived.
  logic [Matrices-1:0][Ch-1:0][ChAddrBits-1:0] first_q;
  logic [Matrices-1:0][Ch-1:0][CountBits-1:0]  count_q;
  logic [IndexBits:0] in_q, out_q;  // one bit more than an index: equal is empty
  logic accept, fetched;

  assign weights_ready_o = in_q != (out_q ^ (IndexBits + 1)'(Matrices));
  assign accept = weights_valid_i && weights_ready_o;

  // Each channel's share of the matrix that is offered.
  logic [GranuleBits-1:0] granule, granules;
  logic [Ch-1:0][ChAddrBits-1:0] first;
  logic [Ch-1:0][CountBits-1:0]  count;
  assign granule = GranuleBits'(weights_i.first) << LineShift;
  assign granules = GranuleBits'(weights_i.num_lines) << LineShift;
  always_comb begin
    for (int unsigned c = 0; c < Ch; c++) begin
      automatic int unsigned start = 32'(granule) % Ch;
      // So many granules of the matrix's end would not reach channel c once more.
      automatic int unsigned short_of = Ch - 1 - (c + Ch - start) % Ch;
      first[c] = ChAddrBits'(granule >> ChBits) + ChAddrBits'(start > c);
      count[c] = CountBits'((granules + GranuleBits'(short_of)) >> ChBits);
    end
  end

  always_ff @(posedge clk_i) begin
    if (accept) begin
      first_q[in_q[IndexBits-1:0]] <= first;
      count_q[in_q[IndexBits-1:0]] <= count;
    end
  end

  // Arrived, and not of a matrix that has left the list.
  logic [Ch-1:0][ArrivedBits-1:0] arrived_q;
  logic [Ch-1:0][CountBits-1:0]   oldest;
  logic [Ch-1:0]                  complete;
  logic                           fetched_q;
  assign oldest = count_q[out_q[IndexBits-1:0]];
  always_comb begin
    for (int unsigned c = 0; c < Ch; c++)
      complete[c] = arrived_q[c] >= ArrivedBits'(oldest[c]);
  end
  assign fetched = in_q != out_q && (&complete);
  assign fetched_o = fetched_q;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      in_q <= '0;
      out_q <= '0;
      arrived_q <= '0;
      fetched_q <= 1'b0;
    end else begin
      in_q <= in_q + (IndexBits + 1)'(accept);
      out_q <= out_q + (IndexBits + 1)'(fetched);
      fetched_q <= fetched;
      for (int unsigned c = 0; c < Ch; c++)
        if (rsp_valid_i[c] || fetched)
          arrived_q[c] <= arrived_q[c] + ArrivedBits'(rsp_valid_i[c]) -
              (fetched ? ArrivedBits'(oldest[c]) : '0);
      a_size : assert (!accept || (granules >> ChBits) < GranuleBits'(1 << CountBits))
        else $error("a matrix larger than VLMAX x VLMAX");
    end
  end

  for (genvar c = 0; c < Ch; c++) begin : gen_channel
    localparam int unsigned Banks = P / Ch;
    logic [IndexBits:0] next_q;  // the channel's next matrix
    logic take;
    logic [Banks-1:0] write, pop;

    always_ff @(posedge clk_i or negedge rst_ni) begin
      if (!rst_ni) next_q <= '0;
      else next_q <= next_q + (IndexBits + 1)'(take);
    end

    ternac_weight_channel #(.Cfg(Cfg), .CountBits(CountBits)) u_channel (
      .clk_i,
      .rst_ni,
      .share_valid_i(next_q != in_q),
      .share_first_i(first_q[next_q[IndexBits-1:0]][c]),
      .share_count_i(count_q[next_q[IndexBits-1:0]][c]),
      .share_take_o(take),
      .req_valid_o(req_valid_o[c]),
      .req_ready_i(req_ready_i[c]),
      .req_address_o(req_address_o[c]),
      .req_beats_o(req_beats_o[c]),
      .rsp_valid_i(rsp_valid_i[c]),
      .rsp_last_i(rsp_last_i[c]),
      .bank_write_o(write),
      .bank_pop_i(pop)
    );

    for (genvar j = 0; j < Banks; j++) begin : gen_bank
      assign pop[j] = bank_pop_i[j*Ch+c];
      ternac_weight_bank #(.Width(GranBits), .Depth(Cfg.weight_fifo)) u_bank (
        .clk_i,
        .rst_ni,
        .write_i(write[j]),
        .data_i(rsp_data_i[c]),
        .valid_o(bank_valid_o[j*Ch+c]),
        .data_o(bank_data_o[j*Ch+c]),
        .pop_i(pop[j])
      );
    end
  end
endmodule
