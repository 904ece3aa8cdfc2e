import type { CertificateEvent } from '@mandate/certificate';
import { canonicalBytes, fromUtf8, utf8 } from '@mandate/encoding';
import { parseTlogProof, verifyTlogProof } from '@mandate/transparency-log';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { MemoryLog } from '../../../test/support/memory-log.ts';
import { encodeStaple, parseStaple, StapleError } from './index.ts';

const event: CertificateEvent = {
  v: 1,
  event: 'issue',
  subject: 'a'.repeat(64),
  document: 'b'.repeat(64),
  mandate: 'c'.repeat(64),
  time: '2026-06-15T02:00:00Z',
};

describe('the stapled proof', () => {
  test('is a tlog-proof to every other reader and carries the leaf to ours', async () => {
    const log = new MemoryLog('registry.example/certificates', 'one');
    await log.append(utf8('first'));
    const index = await log.append(canonicalBytes(event));
    const bytes = encodeStaple(event, await log.prove(index));
    const { leaf, proof, event: read } = parseStaple(bytes);
    expect(read).toEqual(event);
    expect(leaf).toEqual(canonicalBytes(event));
    expect(parseTlogProof(fromUtf8(bytes)).index).toBe(1);
    expect(verifyTlogProof(leaf, proof, log).index).toBe(1);
    // So that it fits into the room that signing reserves, also with the proofs of a log of 2^40 events.
    expect(bytes.length + 40 * 45).toBeLessThan(4_096);
  });

  test('refuses what is no event, and any bytes, with a coded error', () => {
    const proof = { index: 0, hashes: [], checkpoint: 'x' };
    const wrong: CertificateEvent[] = [
      { ...event, time: '2026-02-30T00:00:00Z' },
      { ...event, subject: 'a' },
    ];
    for (const one of wrong) expect(() => parseStaple(encodeStaple(one, proof))).toThrow(StapleError);
    const spaced = fromUtf8(encodeStaple(event, proof)).replace(
      /extra .*/,
      `extra ${btoa(JSON.stringify(event))}`,
    );
    expect(() => parseStaple(utf8(spaced))).toThrow(StapleError);
    expect(() => parseStaple(utf8(fromUtf8(encodeStaple(event, proof)).replace(/extra .*\n/, '')))).toThrow(
      StapleError,
    );
    fc.assert(fc.property(fc.uint8Array(), (bytes) => expect(() => parseStaple(bytes)).toThrow(StapleError)));
  });
});
