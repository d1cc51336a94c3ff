// Copies between host memory and the card's banks, one descriptor after the other.
//
// Lines of 64 bytes are dealt out over the banks granule by granule, as programs have them in DRAM. Each bank has a FIFO,
// which holds what is in flight. When a copy has ended, a completion goes to host memory, after everything that was
// moved can be seen there, or in the banks. docs/card/hardware.md has a block diagram.
module ternac_copy_engine
  import ternac_pkg::*;
  import ternac_core_pkg::AddressBits;
  import ternac_csr_pkg::*;
#(
  parameter  config_t     Cfg = ConfigTiny,     // banks and their width
  parameter  int unsigned FifoGranules = 512,   // of each bank
  parameter  int unsigned BankBursts = 8,       // in flight in each bank
  parameter  int unsigned HostReads = 128,      // bursts of 4 lines at most, in flight
  parameter  int unsigned HostWrites = 64,
  localparam int unsigned Ch = Cfg.channels,
  localparam int unsigned Beat = Cfg.beat_bytes,
  localparam int unsigned GranBits = 8 * Beat,
  localparam int unsigned RoomBits = $clog2(CopyQueueEntries + 1)
) (
  input  logic                           clk_i,                 // clock
  input  logic                           rst_ni,                // asynchronous reset, active low
  // descriptors
  input  logic                           go_i,                  // append one; only with room_o
  input  logic                           to_host_i,             // from the card to the host
  input  logic                           check_i,               // with to_host_i: write nothing there
  input  logic                           zero_i,                // to the card: zeros, not host memory
  input  logic [63:0]                    host_address_i,        // of host memory, in bytes
  input  logic [63:0]                    card_address_i,        // of DRAM, in bytes
  input  logic [63:0]                    length_i,              // in bytes
  output logic [RoomBits-1:0]            room_o,                // descriptors that can be appended
  input  logic [63:0]                    completion_address_i,  // of the ring of completions; 0: none
  // what became of them
  output logic                           busy_o,                // a copy is under way, or waits
  output logic [63:0]                    completed_o,           // copies that have ended
  output copy_status_e                   status_o,              // of the one that ended last
  output logic [31:0]                    crc_o,                 // of the one that ended last
  // AXI4 to host memory: lines of 64 bytes, INCR bursts of 4 at most, one ID
  output logic                           host_arvalid_o,
  input  logic                           host_arready_i,
  output logic [63:0]                    host_araddr_o,
  output logic [7:0]                     host_arlen_o,
  input  logic                           host_rvalid_i,
  output logic                           host_rready_o,
  input  logic [8*HostLineBytes-1:0]     host_rdata_i,
  input  logic                           host_rlast_i,
  input  logic [1:0]                     host_rresp_i,
  output logic                           host_awvalid_o,
  input  logic                           host_awready_i,
  output logic [63:0]                    host_awaddr_o,
  output logic [7:0]                     host_awlen_o,
  output logic                           host_wvalid_o,
  input  logic                           host_wready_i,
  output logic [8*HostLineBytes-1:0]     host_wdata_o,
  output logic                           host_wlast_o,
  input  logic                           host_bvalid_i,
  output logic                           host_bready_o,
  input  logic [1:0]                     host_bresp_i,
  // AXI4 to the banks: INCR bursts of full beats, one ID
  output logic [Ch-1:0]                  axi_arvalid_o,
  input  logic [Ch-1:0]                  axi_arready_i,
  output logic [Ch-1:0][AddressBits-1:0] axi_araddr_o,
  output logic [Ch-1:0][7:0]             axi_arlen_o,
  input  logic [Ch-1:0]                  axi_rvalid_i,
  output logic [Ch-1:0]                  axi_rready_o,
  input  logic [Ch-1:0][GranBits-1:0]    axi_rdata_i,
  input  logic [Ch-1:0]                  axi_rlast_i,
  input  logic [Ch-1:0][1:0]             axi_rresp_i,
  output logic [Ch-1:0]                  axi_awvalid_o,
  input  logic [Ch-1:0]                  axi_awready_i,
  output logic [Ch-1:0][AddressBits-1:0] axi_awaddr_o,
  output logic [Ch-1:0][7:0]             axi_awlen_o,
  output logic [Ch-1:0]                  axi_wvalid_o,
  input  logic [Ch-1:0]                  axi_wready_i,
  output logic [Ch-1:0][GranBits-1:0]    axi_wdata_o,
  output logic [Ch-1:0]                  axi_wlast_o,
  input  logic [Ch-1:0]                  axi_bvalid_i,
  output logic [Ch-1:0]                  axi_bready_o,
  input  logic [Ch-1:0][1:0]             axi_bresp_i
);
  localparam int unsigned LineShift = $clog2(HostLineBytes);
  localparam int unsigned LineBits = 64 - LineShift;
  localparam logic [63:0] LineMask = 64'(HostLineBytes) - 64'd1;
  localparam int unsigned BurstBeats = 4096 / Beat < 64 ? 4096 / Beat : 64;
  localparam int unsigned BeatShift = $clog2(Beat);
  localparam int unsigned ChShift = $clog2(Ch);
  localparam int unsigned IndexBits = AddressBits - BeatShift - ChShift;
  localparam int unsigned BankRoomBits = $clog2(FifoGranules + 1);
  localparam int unsigned RingBits = $clog2(CompletionLines);

  if (Beat > HostLineBytes) begin : gen_check_beat
    $error("ternac_copy_engine: a granule is larger than a line of the host");
  end

  typedef struct packed {
    logic        to_host;
    logic        check;
    logic        zero;
    logic [63:0] host_address;
    logic [63:0] card_address;
    logic [63:0] length;
  } descriptor_t;

  // ---- descriptors ----------------------------------------------------------------------------------
  descriptor_t queued, copy_q;
  logic queued_valid, take_descriptor, descriptors_ready;
  logic [RoomBits-1:0] room_q;

  ternac_fifo #(
    .Width($bits(descriptor_t)),
    .Depth(CopyQueueEntries)
  ) u_descriptors (
    .clk_i,
    .rst_ni,
    .in_valid_i(go_i),
    .in_ready_o(descriptors_ready),
    .in_data_i({to_host_i, check_i, zero_i, host_address_i, card_address_i, length_i}),
    .out_valid_o(queued_valid),
    .out_ready_i(take_descriptor),
    .out_data_o(queued)
  );

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) room_q <= RoomBits'(CopyQueueEntries);
    else room_q <= room_q - RoomBits'(go_i) + RoomBits'(take_descriptor);
  end
  assign room_o = room_q;

  // ---- control --------------------------------------------------------------------------------------
  typedef enum logic [2:0] {
    Idle,
    Check,     // look at the descriptor
    Start,     // begin the copy
    Run,       // until everything was moved
    Complete,  // write the completion
    Finish     // until it is written
  } state_e;
  state_e state_q;
  copy_status_e status_q;
  logic [63:0] completed_q, end_q;
  logic [31:0] crc;
  logic uses_host, end_carry_q, start, complete, host_read_idle, host_write_idle, crc_busy;
  logic host_read_error, host_write_error, read_line, write_line;
  logic [Ch-1:0] bank_idle, bank_error;
  logic [LineBits-1:0] complete_at;
  logic [8*HostLineBytes-1:0] complete_data, read_data;

  assign uses_host = copy_q.to_host ? !copy_q.check : !copy_q.zero;
  assign take_descriptor = state_q == Idle && queued_valid;
  assign start = state_q == Start;
  assign complete = state_q == Complete && completion_address_i != '0;
  assign busy_o = state_q != Idle || queued_valid;
  assign completed_o = completed_q;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      state_q <= Idle;
      status_q <= CopyStatusDone;
      completed_q <= '0;
      copy_q <= '0;
      end_q <= '0;
      end_carry_q <= 1'b0;
      status_o <= CopyStatusDone;
      crc_o <= '0;
    end else begin
      unique case (state_q)
        Idle:
        if (queued_valid) begin
          copy_q <= queued;
          {end_carry_q, end_q} <= {1'b0, queued.card_address} + {1'b0, queued.length};
          state_q <= Check;
        end
        Check: begin
          state_q <= Complete;
          if ((((uses_host ? copy_q.host_address : '0) | copy_q.card_address | copy_q.length) &
               LineMask) != '0)
            status_q <= CopyStatusMisaligned;
          else if (end_carry_q || end_q > Cfg.dram_bytes) status_q <= CopyStatusCardRange;
          else if (copy_q.length == '0) status_q <= CopyStatusEmpty;
          else begin
            status_q <= CopyStatusDone;
            state_q <= Start;
          end
        end
        Start: state_q <= Run;
        Run: begin
          if (host_read_error || host_write_error) status_q <= CopyStatusHostError;
          else if (|bank_error && status_q == CopyStatusDone) status_q <= CopyStatusCardError;
          if (host_read_idle && host_write_idle && &bank_idle && !crc_busy) state_q <= Complete;
        end
        Complete: state_q <= Finish;
        Finish:
        if (host_write_idle) begin
          completed_q <= completed_q + 64'd1;
          status_o <= status_q;
          crc_o <= crc;
          state_q <= Idle;
        end
        default: state_q <= Idle;
      endcase
    end
  end

  always_comb begin
    complete_data = '0;
    complete_data[64*CompletionNumber+:64] = completed_q + 64'd1;
    complete_data[64*CompletionStatus+:64] = 64'(status_q);
    complete_data[64*CompletionCrc+:64] = 64'(crc);
    complete_data[64*CompletionLength+:64] = copy_q.length;
  end
  assign complete_at = completion_address_i[63:LineShift] + LineBits'(completed_q[RingBits-1:0]);

  // ---- host -----------------------------------------------------------------------------------------
  logic [LineBits-1:0] first_line, num_lines;
  logic [LineShift+8:0] granule;  // the first one on the card, lowest bits
  logic [Ch-1:0][BankRoomBits-1:0] bank_room, bank_reserve;
  logic [Ch-1:0] bank_push, bank_valid, bank_pop;
  logic [Ch-1:0][GranBits-1:0] bank_push_data, bank_data;

  assign first_line = copy_q.host_address[63:LineShift];
  assign num_lines = copy_q.length[63:LineShift];
  assign granule = (LineShift + 9)'(copy_q.card_address >> BeatShift);

  ternac_copy_host_read #(
    .Channels(Ch),
    .Beat(Beat),
    .LineBits(LineBits),
    .RoomBits(BankRoomBits),
    .MaxBursts(HostReads)
  ) u_host_read (
    .clk_i,
    .rst_ni,
    .start_i(start && !copy_q.to_host),
    .zero_i(copy_q.zero),
    .first_i(first_line),
    .lines_i(num_lines),
    .granule_i(granule),
    .idle_o(host_read_idle),
    .error_o(host_read_error),
    .line_o(read_line),
    .data_o(read_data),
    .room_i(bank_room),
    .reserve_o(bank_reserve),
    .push_o(bank_push),
    .push_data_o(bank_push_data),
    .axi_arvalid_o(host_arvalid_o),
    .axi_arready_i(host_arready_i),
    .axi_araddr_o(host_araddr_o),
    .axi_arlen_o(host_arlen_o),
    .axi_rvalid_i(host_rvalid_i),
    .axi_rready_o(host_rready_o),
    .axi_rdata_i(host_rdata_i),
    .axi_rlast_i(host_rlast_i),
    .axi_rresp_i(host_rresp_i)
  );

  ternac_copy_host_write #(
    .Channels(Ch),
    .Beat(Beat),
    .LineBits(LineBits),
    .MaxBursts(HostWrites)
  ) u_host_write (
    .clk_i,
    .rst_ni,
    .start_i(start && copy_q.to_host),
    .check_i(copy_q.check),
    .first_i(first_line),
    .lines_i(num_lines),
    .granule_i(granule),
    .complete_i(complete),
    .complete_at_i(complete_at),
    .complete_data_i(complete_data),
    .idle_o(host_write_idle),
    .error_o(host_write_error),
    .line_o(write_line),
    .valid_i(bank_valid),
    .data_i(bank_data),
    .pop_o(bank_pop),
    .axi_awvalid_o(host_awvalid_o),
    .axi_awready_i(host_awready_i),
    .axi_awaddr_o(host_awaddr_o),
    .axi_awlen_o(host_awlen_o),
    .axi_wvalid_o(host_wvalid_o),
    .axi_wready_i(host_wready_i),
    .axi_wdata_o(host_wdata_o),
    .axi_wlast_o(host_wlast_o),
    .axi_bvalid_i(host_bvalid_i),
    .axi_bready_o(host_bready_o),
    .axi_bresp_i(host_bresp_i)
  );

  ternac_crc32 #(
    .Bytes(HostLineBytes)
  ) u_crc (
    .clk_i,
    .rst_ni,
    .clear_i(state_q == Check),
    .valid_i(read_line || write_line),
    .data_i(copy_q.to_host ? host_wdata_o : read_data),
    .busy_o(crc_busy),
    .crc_o(crc)
  );

  // ---- banks ----------------------------------------------------------------------------------------
  for (genvar c = 0; c < Ch; c++) begin : gen_bank
    // The number, in the bank, of the first granule at or above a granule of the card.
    localparam logic [63:0] RoundUp = 64'(Ch) - 64'd1 - 64'(c);
    logic [63:0] first, behind;
    assign first = ((copy_q.card_address >> BeatShift) + RoundUp) >> ChShift;
    assign behind = ((end_q >> BeatShift) + RoundUp) >> ChShift;

    ternac_copy_bank #(
      .Beat(Beat),
      .AddressBits(AddressBits),
      .IndexBits(IndexBits),
      .Depth(FifoGranules),
      .BurstBeats(BurstBeats),
      .MaxBursts(BankBursts)
    ) u_bank (
      .clk_i,
      .rst_ni,
      .start_i(start),
      .to_host_i(copy_q.to_host),
      .first_i(IndexBits'(first)),
      .granules_i(IndexBits'(behind - first)),
      .idle_o(bank_idle[c]),
      .error_o(bank_error[c]),
      .room_o(bank_room[c]),
      .reserve_i(bank_reserve[c]),
      .push_i(bank_push[c]),
      .push_data_i(bank_push_data[c]),
      .valid_o(bank_valid[c]),
      .data_o(bank_data[c]),
      .pop_i(bank_pop[c]),
      .axi_arvalid_o(axi_arvalid_o[c]),
      .axi_arready_i(axi_arready_i[c]),
      .axi_araddr_o(axi_araddr_o[c]),
      .axi_arlen_o(axi_arlen_o[c]),
      .axi_rvalid_i(axi_rvalid_i[c]),
      .axi_rready_o(axi_rready_o[c]),
      .axi_rdata_i(axi_rdata_i[c]),
      .axi_rlast_i(axi_rlast_i[c]),
      .axi_rresp_i(axi_rresp_i[c]),
      .axi_awvalid_o(axi_awvalid_o[c]),
      .axi_awready_i(axi_awready_i[c]),
      .axi_awaddr_o(axi_awaddr_o[c]),
      .axi_awlen_o(axi_awlen_o[c]),
      .axi_wvalid_o(axi_wvalid_o[c]),
      .axi_wready_i(axi_wready_i[c]),
      .axi_wdata_o(axi_wdata_o[c]),
      .axi_wlast_o(axi_wlast_o[c]),
      .axi_bvalid_i(axi_bvalid_i[c]),
      .axi_bready_o(axi_bready_o[c]),
      .axi_bresp_i(axi_bresp_i[c])
    );
  end

`ifndef SYNTHESIS
  a_room : assert property (@(posedge clk_i) disable iff (!rst_ni)
      go_i |-> room_q != '0 && descriptors_ready);
`endif
endmodule
