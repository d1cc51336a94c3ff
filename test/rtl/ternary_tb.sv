// Weight fetch and ternary unit of one configuration, with a memory that answers late and irregularly. Runs
// the products of a file and prints what each wrote and how long it took; ternary.test.ts writes the file and
// compares. Violations of the modules' contracts end the simulation.
/* verilator lint_off BLKSEQ */
/* verilator lint_off WIDTH */
/* verilator lint_off SYNCASYNCNET */
module ternary_tb
  import ternac_pkg::*;
  import ternac_core_pkg::*;
#(
  parameter int unsigned Config = 0
) (
  input logic clk
);
  // One more than there are has one wide channel, and two granules a beat.
  function automatic config_t configuration();
    config_t cfg;
    cfg = config_at(Config < NumConfigs ? Config : NumConfigs - 1);
    if (Config >= NumConfigs) begin
      cfg.channels = 1;
      cfg.product_granules = 2;
      cfg.weight_fifo = 64;
    end
    return cfg;
  endfunction
  localparam config_t Cfg = configuration();
  localparam int unsigned Lanes = Cfg.lanes;
  localparam int unsigned Beat = Cfg.beat_bytes;
  localparam int unsigned Ch = Cfg.channels;
  localparam int unsigned P = Cfg.product_granules;
  localparam int unsigned GranBits = 8 * Beat;
  localparam int unsigned ChAddrBits = AddressBits - $clog2(Beat) - $clog2(Ch);
  localparam int unsigned WordIdx = $clog2(Cfg.vlmax / Lanes);
  localparam int unsigned QWords = Cfg.vlmax / (P * Beat);
  localparam int unsigned QWordIdx = QWords > 1 ? $clog2(QWords) : 1;
  localparam int unsigned MemoryLines = 1 << 16;  // addresses above wrap
  localparam logic [31:0] Untouched = 32'h5a5aa5a5;

  logic rst_n = 1'b0;
  int unsigned now = 0;
  always @(posedge clk) now <= now + 1;

  // Devices under test.
  logic weights_valid, weights_ready, fetched;
  weights_t weights;
  logic [Ch-1:0] req_valid, req_ready, rsp_valid, rsp_last;
  logic [Ch-1:0][ChAddrBits-1:0] req_address;
  logic [Ch-1:0][7:0] req_beats;
  logic [Ch-1:0][GranBits-1:0] rsp_data;
  logic [P-1:0] bank_valid, bank_pop;
  logic [P-1:0][GranBits-1:0] bank_data;
  ternac_weight_fetch #(.Cfg(Cfg)) u_fetch (
    .clk_i(clk), .rst_ni(rst_n), .weights_valid_i(weights_valid), .weights_ready_o(weights_ready),
    .weights_i(weights), .fetched_o(fetched), .req_valid_o(req_valid), .req_ready_i(req_ready),
    .req_address_o(req_address), .req_beats_o(req_beats), .rsp_valid_i(rsp_valid),
    .rsp_data_i(rsp_data), .rsp_last_i(rsp_last), .bank_valid_o(bank_valid),
    .bank_data_o(bank_data), .bank_pop_i(bank_pop)
  );

  logic start, done, qre, vwe, starved;
  uop_t uop;
  logic [1:0] qrreg;
  logic [QWordIdx-1:0] qrword;
  logic [P*GranBits-1:0] qrdata;
  logic [NumQRegs-1:0][31:0] absmax;
  logic [2:0] vwreg;
  logic [WordIdx-1:0] vwword;
  logic [Lanes-1:0] vwmask;
  logic [Lanes*32-1:0] vwdata;
  ternac_tmatmul #(.Cfg(Cfg)) u_tmatmul (
    .clk_i(clk), .rst_ni(rst_n), .start_i(start), .uop_i(uop), .done_o(done),
    .bank_valid_i(bank_valid), .bank_data_i(bank_data), .bank_pop_o(bank_pop), .qre_o(qre),
    .qrreg_o(qrreg), .qrword_o(qrword), .qrdata_i(qrdata), .absmax_i(absmax), .vwe_o(vwe),
    .vwreg_o(vwreg), .vwword_o(vwword), .vwmask_o(vwmask), .vwdata_o(vwdata), .starved_o(starved)
  );

  // The file: a line for each product.
  typedef struct {
    opcode_e opcode;
    vl_t rows, columns;
    line_t line, num_lines;
    logic [31:0] absmax, scale;
    int unsigned activations;  // the line of the activation file where its vector begins
    int unsigned gap;          // clocks between the product before and this one
    bit fetched;               // wait until its weights are all there
  } product_t;
  product_t products [$];
  logic [511:0] memory [MemoryLines];
  logic [511:0] activations [MemoryLines];
  int unsigned reset_at = '1;  // a clock in which everything is reset, and begins again
  int unsigned latency, stall;  // of the memory: clocks at least and 0 to as many more; percent of clocks

  function automatic bit percent(int unsigned chance);
    return $urandom_range(99) < chance;
  endfunction

  // Memory: bursts in order, each after a latency of its own.
  int unsigned first_accept = 0, min_burst = '1, min_request = '1, min_retry = '1;
  for (genvar c = 0; c < Ch; c++) begin : gen_memory
    typedef struct packed {
      logic [ChAddrBits-1:0] address;
      int unsigned beats, time_ready;
    } burst_t;
    burst_t bursts [$];
    burst_t burst;
    int unsigned sent = 0, accepted_at = 0, last_at = 0;
    logic waiting = 1'b0;
    logic [ChAddrBits-1:0] waiting_address;
    logic [7:0] waiting_beats;

    always @(posedge clk) begin
      automatic longint unsigned granule;
      req_ready[c] <= !percent(stall);
      rsp_valid[c] <= 1'b0;
      rsp_last[c] <= 1'($urandom);
      rsp_data[c] <= '1;
      if (rst_n && waiting && (!req_valid[c] || req_address[c] != waiting_address ||
          req_beats[c] != waiting_beats)) $fatal(1, "a request changed before it was accepted");
      if (rst_n && req_valid[c] && !waiting) begin
        if (accepted_at != 0 && now - accepted_at < min_burst) min_burst = now - accepted_at;
        if (accepted_at == 0 && first_accept != 0 && now - first_accept < min_request)
          min_request = now - first_accept;
        if (last_at != 0 && now - last_at < min_retry) min_retry = now - last_at;
      end
      waiting <= req_valid[c] && !req_ready[c];
      waiting_address <= req_address[c];
      waiting_beats <= req_beats[c];
      if (rst_n && req_valid[c] && req_ready[c]) begin
        accepted_at = now;
        if (req_beats[c] == '0 || 32'(req_beats[c]) > Cfg.burst) $fatal(1, "a burst of no length");
        if ((longint'(req_address[c]) * Beat) / 4096 !=
            ((longint'(req_address[c]) + longint'(req_beats[c]) - 1) * Beat) / 4096)
          $fatal(1, "a burst crosses 4 KiB");
        burst = '{req_address[c], 32'(req_beats[c]), now + latency + $urandom_range(latency)};
        bursts.push_back(burst);
        if (bursts.size() > Cfg.outstanding) $fatal(1, "too many bursts outstanding");
      end
      if (bursts.size() != 0 && bursts[0].time_ready <= now && !percent(stall)) begin
        granule = (longint'(bursts[0].address) + longint'(sent)) * Ch + longint'(c);
        rsp_valid[c] <= 1'b1;
        rsp_data[c] <= memory[(granule*Beat/LineBytes)%MemoryLines][
            (granule%(LineBytes/Beat))*GranBits+:GranBits];
        rsp_last[c] <= sent + 1 == bursts[0].beats;
        sent = sent + 1;
        if (sent == bursts[0].beats) begin
          void'(bursts.pop_front());
          sent = 0;
        end
      end
      if (rsp_valid[c] && rsp_last[c]) last_at = now;
      if (!rst_n) begin
        bursts.delete();
        sent = 0;
        waiting <= 1'b0;
        rsp_valid[c] <= 1'b0;
      end
    end
  end

  // Matrices, as early as they are taken.
  int unsigned held = 0, most_held = 0;  // granules between arrival and pop
  int unsigned offered = 0, fetches = 0, last_fetched = 0, last_rsp = 0, min_pop = '1, first_rsp = 0;
  always @(posedge clk) begin
    if (!rst_n) begin
      weights_valid <= 1'b0;
      offered = 0;
      fetches = 0;
      held = 0;
    end else begin
      if (weights_valid && weights_ready) begin
        if (first_accept == 0) first_accept = now;
        offered = offered + 1;
      end
      weights_valid <= offered < products.size() && ((weights_valid && !weights_ready) || !percent(stall));
      if (offered < products.size())
        weights <= '{products[offered].line, products[offered].num_lines};
      if (fetched) fetches = fetches + 1;
      if (fetched) last_fetched = now;
      if (|rsp_valid) last_rsp = now;
      if (|bank_valid && first_rsp != 0 && min_pop == '1) min_pop = now - first_rsp;
      if (|rsp_valid && first_rsp == 0) first_rsp = now;
      held = held + $countones(rsp_valid) - $countones(bank_pop);
      if (held > most_held) most_held = held;
      if (fetches > offered) $fatal(1, "a matrix was fetched that was not asked for");
    end
  end

  // Activation and vector registers. What is read without being asked for is rubbish.
  logic [P*GranBits-1:0] q [QWords];
  logic [31:0] v [Cfg.vlmax];
  always @(posedge clk) begin
    qrdata <= qre && qrreg == uop.q ? q[qrword] : {P * Beat{8'h81}};
  end

  // Products, one after the other. A product may start in the clock after the end of the one before.
  int unsigned index = 0, started, lost, idle = 0;
  bit busy = 1'b0;

  function automatic void print_result();
    for (int unsigned i = 0; i < Cfg.vlmax; i++)
      if (i < 32'(products[index].rows)) $write("%h", v[i]);
      else if (v[i] != Untouched) $fatal(1, "element %0d is written", i);
    $write("\n");
  endfunction

  function automatic void load_activations(product_t product);
    automatic logic [511:0] line;
    for (int unsigned i = 0; i < Cfg.vlmax; i++) begin
      v[i] = Untouched;
      line = activations[product.activations+i/64];
      q[i/(P*Beat)][(i%(P*Beat))*8+:8] = i < 32'(product.columns) ? line[(i%64)*8+:8] : 8'($urandom);
    end
    for (int unsigned i = 0; i < NumQRegs; i++) absmax[i] = $urandom;
    absmax[2'(index)] = product.absmax;
  endfunction

  always @(posedge clk) begin
    start <= 1'b0;
    if (rst_n && vwe) begin
      if (vwreg != uop.vd) $fatal(1, "another register is written");
      for (int unsigned l = 0; l < Lanes; l++)
        if (vwmask[l]) v[32'(vwword)*Lanes+l] = vwdata[32*l+:32];
    end
    if (rst_n && busy) begin
      lost = lost + 32'(starved);
      if (now - started > 10_000_000) $fatal(1, "no end");
      if (done) begin
        $write("product %0d %0d %0d ", index, now - started, lost);
        print_result();
        index = index + 1;
        busy = 1'b0;
        idle = 0;
      end
    end else if (rst_n && (done || vwe || starved)) $fatal(1, "busy without an instruction");
    if (!rst_n) begin
      if (now == reset_at + 1) $display("reset in %0d, busy %0d", reset_at, busy);
      index = 0;
      busy = 1'b0;
      idle = 0;
    end
    if (rst_n && !busy && index < products.size()) begin
      if (idle >= products[index].gap && (!products[index].fetched || fetches > index)) begin
        load_activations(products[index]);
        uop <= '0;
        uop.opcode <= products[index].opcode;
        uop.vd <= 3'(index);
        uop.q <= 2'(index);
        uop.vl <= products[index].rows;
        uop.columns <= products[index].columns;
        uop.address <= address_t'(products[index].line) << $clog2(LineBytes);
        uop.scalar <= {$urandom, products[index].scale};
        start <= 1'b1;
        busy = 1'b1;
        started = now + 1;
        lost = 0;
      end
      idle = idle + 1;
    end else if (rst_n && !busy) begin
      idle = idle + 1;
      if (idle > 8) begin
        if (fetches != products.size() || |bank_valid) $fatal(1, "weights are left over");
        $display("clocks=%0d held=%0d", now, most_held);
        $display("least request=%0d burst=%0d retry=%0d fetched=%0d pop=%0d", min_request,
                 min_burst, min_retry, last_fetched - last_rsp, min_pop);
        $finish;
      end
    end
  end

  initial begin
    string path;
    int file;
    int unsigned t5, fetched_first;
    product_t product;
    if ($value$plusargs("path=%s", path) == 0) $fatal(1, "give +path=PREFIX");
    if ($value$plusargs("reset=%d", reset_at) == 0) reset_at = '1;
    $readmemh({path, "memory.hex"}, memory);
    $readmemh({path, "activations.hex"}, activations);
    file = $fopen({path, "products.txt"}, "r");
    if ($fscanf(file, "%d %d", latency, stall) != 2) $fatal(1, "cannot read the products");
    while ($fscanf(file, "%d %d %d %h %d %h %h %d %d %d", t5, product.rows, product.columns,
        product.line, product.num_lines, product.absmax, product.scale, product.activations,
        product.gap, fetched_first) == 10) begin
      product.opcode = t5 != 0 ? OpTmatmulT5 : OpTmatmulT4;
      product.fetched = fetched_first != 0;
      products.push_back(product);
    end
    $fclose(file);
    ready = 1'b1;
  end
  bit ready = 1'b0;
  always @(posedge clk) rst_n <= ready && now != reset_at;
endmodule
