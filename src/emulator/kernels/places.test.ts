import { describe, expect, it } from "vitest";
import { Places } from "./places.js";

const addresses = Array.from({ length: 300 }, (_, i) => 2 ** 34 + 4096 * ((i * 7) % 300));

describe("places", () => {
  it("are found in the order of their use, in another, and by their shape only", () => {
    const places = new Places();
    for (const [i, address] of addresses.entries()) {
      expect(places.find(address, 8)).toBeUndefined();
      places.add(address, 8, i);
    }
    for (const round of [addresses, addresses.toReversed(), addresses])
      for (const address of round) {
        expect(places.find(address, 8)).toBe(addresses.indexOf(address));
        expect(places.find(address, 9)).toBeUndefined();
      }
  });

  it("are replaced by another shape at the same address, and forgotten", () => {
    const places = new Places();
    places.add(64, 8, 1);
    places.add(128, 8, 2);
    places.add(64, 9, 3);
    expect([64, 128].map((address) => places.find(address, 8))).toEqual([undefined, 2]);
    expect(places.find(64, 9)).toBe(3);
    places.clear();
    expect([64, 128].map((address) => places.find(address, 9))).toEqual([undefined, undefined]);
    places.add(128, 8, 4);
    expect(places.find(128, 8)).toBe(4);
  });
});
