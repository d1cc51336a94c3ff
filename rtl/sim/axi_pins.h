// The banks' AXI ports of a Verilated model, whatever its configuration. Its top has them as ternac_sim.sv does.
#pragma once

#include <cstring>

#include "axi_channel.h"

// The model keeps values of any width as little-endian bytes, as does every host that it runs on.
static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__);

template <typename Model>
struct AxiPins {
  static constexpr unsigned kChannels = sizeof(Model::axi_arvalid_o) / sizeof(CData);
  static constexpr unsigned kBeatBytes = sizeof(Model::axi_rdata_i) / kChannels;
  static_assert(kBeatBytes <= sizeof AxiResponse::r_data);

  // What the model drives on a channel.
  static AxiRequest request(const Model& m, unsigned c) {
    AxiRequest r;
    r.ar_valid = m.axi_arvalid_o[c];
    r.ar_id = m.axi_arid_o[c];
    r.ar_address = m.axi_araddr_o[c];
    r.ar_len = m.axi_arlen_o[c];
    r.r_ready = m.axi_rready_o[c];
    r.aw_valid = m.axi_awvalid_o[c];
    r.aw_address = m.axi_awaddr_o[c];
    r.aw_len = m.axi_awlen_o[c];
    r.w_valid = m.axi_wvalid_o[c];
    r.w_data = reinterpret_cast<const uint8_t*>(&m.axi_wdata_o[c]);
    r.w_strobe = m.axi_wstrb_o[c];
    r.w_last = m.axi_wlast_o[c];
    r.b_ready = m.axi_bready_o[c];
    return r;
  }

  // What the channel drives.
  static void drive(Model& m, unsigned c, const AxiResponse& r) {
    set_field(m.axi_arready_i, c, 1, r.ar_ready);
    set_field(m.axi_rvalid_i, c, 1, r.r_valid);
    set_field(m.axi_rid_i, c, 2, r.r_id);
    set_field(m.axi_rlast_i, c, 1, r.r_last);
    if (r.r_valid)
      memcpy(reinterpret_cast<uint8_t*>(&m.axi_rdata_i) + c * kBeatBytes, r.r_data, kBeatBytes);
    set_field(m.axi_awready_i, c, 1, r.aw_ready);
    set_field(m.axi_wready_i, c, 1, r.w_ready);
    set_field(m.axi_bvalid_i, c, 1, r.b_valid);
  }

 private:
  // Field c of a packed array of fields of so many bits.
  template <typename T>
  static void set_field(T& array, unsigned c, unsigned bits, unsigned value) {
    const unsigned mask = ((1u << bits) - 1) << (c * bits);
    array = static_cast<T>((array & ~mask) | value << (c * bits));
  }
};
