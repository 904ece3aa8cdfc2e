import { describe, expect, test } from '@jest/globals';
import { encodeBase64, utf8 } from '@mandate/encoding';
import { ed25519 } from '@noble/curves/ed25519.js';
import fc from 'fast-check';
import { lenientSignatures } from '../../../test/support/lenient-ed25519.ts';
import {
  encodeCheckpoint,
  encodeNote,
  encodeVerifierKey,
  LogError,
  parseCheckpoint,
  parseNote,
  parseVerifierKey,
  signerFromSeed,
  signNote,
  verifierKey,
  verifyCheckpoint,
  verifyNote,
} from './index.ts';

const keyOf = (name: string, fill: number) => {
  const seed = new Uint8Array(32).fill(fill);
  return signerFromSeed(verifierKey(name, ed25519.getPublicKey(seed)), seed);
};
const log = keyOf('registry.example/lists', 1);
const witness = keyOf('witness.example', 2);

// The worked example of https://c2sp.org/signed-note, "Verifier keys".
const EXAMPLE_KEY = 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k';
const EXAMPLE_NOTE = `This is an example message.

— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=
`;

describe('signed notes', () => {
  test('the example of the specification verifies', () => {
    const key = parseVerifierKey(EXAMPLE_KEY);
    expect(encodeVerifierKey(key)).toBe(EXAMPLE_KEY);
    expect(verifyNote(EXAMPLE_NOTE, [key])).toEqual({
      text: 'This is an example message.\n',
      signedBy: [key],
    });
    expect(encodeNote(parseNote(EXAMPLE_NOTE))).toBe(EXAMPLE_NOTE);
  });

  test('any flipped bit of the example is refused', () => {
    const key = parseVerifierKey(EXAMPLE_KEY);
    const bytes = utf8(EXAMPLE_NOTE);
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const changed = bytes.map((byte, i) => (i === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));
      expect(() => verifyNote(changed, [key])).toThrow(LogError);
    }
  });

  test('text with empty lines is parted from its signatures at the last one', async () => {
    const text = 'one\n\ntwo\n\n';
    const note = await signNote(text, log);
    expect(verifyNote(utf8(note), [log.key]).text).toBe(text);
  });

  test('ignores unknown signatures, before and after the known one', async () => {
    const note = await signNote('text\n', log);
    const [other] = parseNote(await signNote('another text\n', witness)).signatures;
    const parsed = parseNote(note);
    if (other === undefined) throw new Error('no signature');
    const both = encodeNote({ text: parsed.text, signatures: [other, ...parsed.signatures, other] });
    expect(verifyNote(both, [log.key]).signedBy).toEqual([log.key]);
    // The same signature by a key that is known and did not sign this text: the note as a whole falls.
    expect(() => verifyNote(both, [log.key, witness.key])).toThrow(
      expect.objectContaining({ code: 'bad-signature' }),
    );
    expect(() => verifyNote(note, [witness.key])).toThrow(
      expect.objectContaining({ code: 'unknown-signer' }),
    );
    expect(() => verifyNote(note, [])).toThrow(expect.objectContaining({ code: 'unknown-signer' }));
  });

  test('a name without its id, or an id without its name, is an unknown key', async () => {
    const sameName = keyOf(log.key.name, 3);
    const note = await signNote('text\n', sameName);
    expect(() => verifyNote(note, [log.key])).toThrow(expect.objectContaining({ code: 'unknown-signer' }));
  });

  test('refuses a signer whose signature does not verify', async () => {
    const faulty = { key: log.key, sign: () => new Uint8Array(64) };
    await expect(signNote('text\n', faulty)).rejects.toMatchObject({ code: 'bad-signature' });
  });

  test('a signature that only lenient Ed25519 accepts is none', () => {
    const text = 'registry.example/lists\n3\nznl64gFv35BiVkVFcTfRaV37fufc2D+s2fOpZHA0NwY=\n';
    for (const { name, publicKey, signature } of lenientSignatures(utf8(text), new Uint8Array(32).fill(1))) {
      const key = verifierKey(log.key.name, publicKey);
      const note = encodeNote({ text, signatures: [{ name: key.name, id: key.id, signature }] });
      expect([name, ed25519.verify(signature, utf8(text), publicKey, { zip215: true })]).toEqual([
        name,
        true,
      ]);
      expect(() => verifyNote(note, [key])).toThrow(expect.objectContaining({ code: 'bad-signature' }));
      expect(() => verifyCheckpoint(note, { origin: log.key.name, vkey: encodeVerifierKey(key) })).toThrow(
        expect.objectContaining({ code: 'bad-signature' }),
      );
    }
  });

  test('accepts 16 signatures, refuses a flood of them', async () => {
    const { text, signatures } = parseNote(await signNote('text\n', log));
    const many = (n: number) => encodeNote({ text, signatures: new Array(n).fill(signatures[0]) });
    expect(verifyNote(many(16), [log.key]).text).toBe(text);
    expect(() => verifyNote(many(1000), [log.key])).toThrow(LogError);
  });

  test.each([
    ['', 'nothing'],
    ['text\n', 'no signatures'],
    ['text\n\n', 'an empty signature'],
    ['text\n\n— a AAAAAAA=', 'no newline at the end'],
    ['text\n\n- a AAAAAAA=\n', 'a hyphen for the dash'],
    ['text\n\n— a+b AAAAAAA=\n', 'a plus in the name'],
    ['text\n\n—  AAAAAAA=\n', 'no name'],
    ['text\n\n— a\u00a0b AAAAAAA=\n', 'a Unicode space in the name'],
    ['text\n\n— a AAAAAA==\n', 'no signature behind the id'],
    ['text\n\n— a AAAAAAB=\n\n', 'nothing behind the last empty line'],
    ['text\n\n— a AAAAAAB\n', 'base64 cut'],
    ['text\r\n\n— a AAAAAAA=\n', 'a carriage return'],
    ['te\u0000xt\n\n— a AAAAAAA=\n', 'a zero byte'],
    ['te\ud800xt\n\n— a AAAAAAA=\n', 'half a character'],
  ])('refuses %j: %s', (note) => {
    expect(() => parseNote(note)).toThrow(expect.objectContaining({ code: 'invalid-note' }));
  });

  test('refuses bytes that are not UTF-8', () => {
    expect(() => parseNote(Uint8Array.of(0xff, 0x0a, 0x0a))).toThrow(
      expect.objectContaining({ code: 'invalid-note' }),
    );
  });

  test('refuses a note of megabytes', () => {
    expect(() => parseNote(`${'x'.repeat(2_000_000)}\n\n— a AAAAAAA=\n`)).toThrow(LogError);
  });

  test('whatever the text, parsing throws a LogError or encodes back to it', () => {
    const piece = fc.oneof(fc.constantFrom('\n', '\n\n', '— ', 'a ', 'AAAAAAAA', ' ', '+'), fc.string());
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        try {
          expect(encodeNote(parseNote(pieces.join('')))).toBe(pieces.join(''));
        } catch (error) {
          if (!(error instanceof LogError)) throw error;
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe('verifier keys', () => {
  test.each([
    '',
    'example.com/foo',
    'example.com/foo+530d903b+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k',
    'example.com/fob+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k',
    'example.com/foo+530d903a+AukyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k',
    'example.com/foo+530D903A+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k',
    'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv',
    'two words+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k',
  ])('refuses %j', (text) => {
    expect(() => parseVerifierKey(text)).toThrow(expect.objectContaining({ code: 'invalid-key' }));
  });
});

describe('checkpoints', () => {
  const checkpoint = { origin: 'registry.example/lists', size: 20_852_163, root: new Uint8Array(32).fill(9) };
  const identity = { origin: checkpoint.origin, vkey: encodeVerifierKey(log.key) };

  test('the example of the specification is read', () => {
    const text = 'example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n';
    const { origin, size, root } = parseCheckpoint(text);
    expect([origin, size, encodeBase64(root)]).toEqual(
      text
        .trimEnd()
        .split('\n')
        .map((line, i) => (i === 1 ? 20_852_163 : line)),
    );
  });

  test('signed and verified give the same checkpoint back', async () => {
    const note = await signNote(encodeCheckpoint(checkpoint), log);
    expect(verifyCheckpoint(note, identity)).toEqual(checkpoint);
  });

  test('of another log with the same key is refused', async () => {
    const note = await signNote(
      encodeCheckpoint({ ...checkpoint, origin: 'registry.example/certificates' }),
      log,
    );
    expect(() => verifyCheckpoint(note, identity)).toThrow(expect.objectContaining({ code: 'wrong-origin' }));
  });

  test('by another key is refused', async () => {
    const note = await signNote(encodeCheckpoint(checkpoint), witness);
    expect(() => verifyCheckpoint(note, identity)).toThrow(
      expect.objectContaining({ code: 'unknown-signer' }),
    );
  });

  test('extension lines are passed over', () => {
    expect(parseCheckpoint(`${encodeCheckpoint(checkpoint)}extension\n`)).toEqual(checkpoint);
  });

  const root = encodeBase64(checkpoint.root);
  test.each([
    '',
    `origin\n1\n${root}`,
    `origin\n01\n${root}\n`,
    `origin\n-1\n${root}\n`,
    `origin\n1e3\n${root}\n`,
    `origin\n18446744073709551615\n${root}\n`,
    `origin\n9007199254740993\n${root}\n`,
    `\n1\n${root}\n`,
    `origin\n1\n${root}\n\n`,
    `origin\n1\n${root.slice(4)}\n`,
    `origin\n1\n${root} \n`,
    `origin\n1\n`,
  ])('refuses %j', (text) => {
    expect(() => parseCheckpoint(text)).toThrow(expect.objectContaining({ code: 'invalid-checkpoint' }));
  });

  test('refuses to encode an origin of two lines', () => {
    expect(() => encodeCheckpoint({ ...checkpoint, origin: 'a\n5' })).toThrow(LogError);
  });
});
