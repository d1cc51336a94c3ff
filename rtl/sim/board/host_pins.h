// The host memory port of a Verilated model, whatever its configuration.
#pragma once

#include <cstring>

#include "host_link.h"

template <typename Model>
struct HostPins {
  static HostRequest request(const Model& m) {
    HostRequest r;
    r.ar_valid = m.host_arvalid_o;
    r.ar_address = m.host_araddr_o;
    r.ar_len = m.host_arlen_o;
    r.r_ready = m.host_rready_o;
    r.aw_valid = m.host_awvalid_o;
    r.aw_address = m.host_awaddr_o;
    r.aw_len = m.host_awlen_o;
    r.w_valid = m.host_wvalid_o;
    r.w_data = reinterpret_cast<const uint8_t*>(&m.host_wdata_o);
    r.w_last = m.host_wlast_o;
    r.b_ready = m.host_bready_o;
    return r;
  }

  static void drive(Model& m, const HostResponse& r) {
    m.host_arready_i = r.ar_ready;
    m.host_rvalid_i = r.r_valid;
    m.host_rlast_i = r.r_last;
    m.host_rresp_i = r.r_response;
    if (r.r_valid) memcpy(&m.host_rdata_i, r.r_data, kLineBytes);
    m.host_awready_i = r.aw_ready;
    m.host_wready_i = r.w_ready;
    m.host_bvalid_i = r.b_valid;
    m.host_bresp_i = r.b_response;
  }
};
