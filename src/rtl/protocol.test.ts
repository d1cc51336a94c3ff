import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FrameReader, frameHeader, PayloadWriter, parseIntegers, parseStatus } from "./protocol.js";

function joined(chunks: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(chunks));
}

describe("frames", () => {
  const frames = fc.array(
    fc.record({
      type: fc.integer({ min: 0, max: 255 }),
      payload: fc.uint8Array({ maxLength: 40 }),
    }),
  );

  it("are the same however the stream was cut", () => {
    fc.assert(
      fc.property(frames, fc.infiniteStream(fc.integer({ min: 1, max: 12 })), (sent, lengths) => {
        const stream = joined(
          sent.flatMap(({ type, payload }) => [frameHeader(payload.length, type), payload]),
        );
        const reader = new FrameReader();
        const got = [];
        for (let at = 0; at < stream.length; ) {
          const end = at + lengths.next().value!;
          got.push(...reader.push(stream.subarray(at, end)));
          at = end;
        }
        const plain = (list: readonly { type: number; payload: Uint8Array }[]) =>
          list.map(({ type, payload }) => [type, Array.from(payload)]);
        expect(plain(got)).toEqual(plain(sent));
      }),
    );
  });
});

describe("payloads", () => {
  it("are little-endian, one value behind the other", () => {
    const { chunks } = new PayloadWriter().u8(1).u32(0x05040302).u64(-2n).bytes(Uint8Array.of(9));
    expect(Array.from(joined(chunks))).toEqual([
      ...[1, 2, 3, 4, 5],
      ...[0xfe, 255, 255, 255, 255, 255, 255, 255],
      9,
    ]);
  });

  it("hold what stopped the core", () => {
    const payload = new PayloadWriter()
      .u8(2)
      .u8(4)
      .u64(2n ** 38n)
      .u64(2n ** 64n - 8n)
      .u64(7)
      .u64(99);
    const status = parseStatus(joined(payload.chunks));
    expect(status).toEqual({
      reason: "trap",
      trapCause: 4,
      trapPc: 2n ** 38n,
      trapValue: 2n ** 64n - 8n,
      instret: 7n,
      clocks: 99n,
    });
  });

  it("hold integers at any offset", () => {
    const bytes = joined(
      new PayloadWriter()
        .u8(0)
        .u64(1)
        .u64(2n ** 63n).chunks,
    ).subarray(1);
    expect(parseIntegers(bytes)).toEqual([1n, 2n ** 63n]);
  });
});
