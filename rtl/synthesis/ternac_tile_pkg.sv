// Configurations of parts of the d5005 core, for synthesis: a unit that repeats something is too much for the
// tools at its full width, so one part of it, or two narrower ones, are synthesised.
package ternac_tile_pkg;
  import ternac_pkg::*;

  // One lane of the vector registers, as deep as they are.
  function automatic config_t vector_lane();
    config_t tile = ConfigD5005;
    tile.vlmax = ConfigD5005.vlmax / ConfigD5005.lanes;
    tile.lanes = 1;
    return tile;
  endfunction

  // One lane of the activation registers, as deep as they are.
  function automatic config_t activation_lane();
    config_t tile = vector_lane();
    tile.beat_bytes = 1;
    return tile;
  endfunction

  // Granules of so many bytes, in the same banks.
  function automatic config_t narrow(int unsigned beat_bytes);
    config_t tile = ConfigD5005;
    tile.vlmax = ConfigD5005.vlmax * beat_bytes / ConfigD5005.beat_bytes;
    tile.beat_bytes = beat_bytes;
    return tile;
  endfunction

  // So many lanes, and as many words.
  function automatic config_t few_lanes(int unsigned lanes);
    config_t tile = ConfigD5005;
    tile.vlmax = ConfigD5005.vlmax * lanes / ConfigD5005.lanes;
    tile.lanes = lanes;
    return tile;
  endfunction

  localparam config_t VectorLane = vector_lane();
  localparam config_t ActivationLane = activation_lane();
  localparam config_t Beat16 = narrow(16);
  localparam config_t Beat32 = narrow(32);
  localparam config_t Lanes8 = few_lanes(8);
  localparam config_t Lanes16 = few_lanes(16);
endpackage
