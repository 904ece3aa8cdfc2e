import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { pem } from '../support/test-authority.ts';
import { bytesOf, contentsOf } from './pdf-text.ts';
import { contentOf } from './victim.ts';

const run = promisify(execFile);

export type Opinion = 'accepted' | 'refused' | 'not installed';

/** A program that is not ours and says what it makes of a file. */
export interface OutsideReader {
  readonly name: string;
  /** What its `accepted` covers. */
  readonly says: 'signature' | 'structure' | 'PDF/A' | 'QR';
  readonly read: (file: FileUnderTest) => Promise<Opinion>;
}

/** Paths in a folder of its own. */
export interface FileUnderTest {
  readonly folder: string;
  readonly pdf: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly root: string;
}

/** Runs the command; `accept` sees exit code and output. */
async function ask(
  command: string,
  args: readonly string[],
  accept: (output: string, exitCode: number) => boolean,
): Promise<Opinion> {
  try {
    const { stdout, stderr } = await run(command, args, { timeout: 120_000, maxBuffer: 2 ** 26 });
    return accept(stdout + stderr, 0) ? 'accepted' : 'refused';
  } catch (error) {
    const { code, stdout = '', stderr = '' } = error as { code?: unknown; stdout?: string; stderr?: string };
    if (code === 'ENOENT') return 'not installed';
    return accept(stdout + stderr, typeof code === 'number' ? code : 1) ? 'accepted' : 'refused';
  }
}

async function openssl({ folder, bytes, root }: FileUnderTest): Promise<Opinion> {
  const text = Buffer.from(bytes).toString('latin1');
  const { start, end } = contentsOf(text);
  const cms = Buffer.from(text.slice(start + 1, end - 1), 'hex');
  await writeFile(join(folder, 'signature.der'), cms);
  await writeFile(join(folder, 'content.bin'), contentOf(text));
  // prettier-ignore
  const args = ['cms', '-verify', '-binary', '-inform', 'DER', '-in', 'signature.der', '-content', 'content.bin',
    '-purpose', 'any', '-CAfile', root, '-cades', '-out', 'verified.bin'];
  return ask(
    'openssl',
    args.map((arg) => (/\.(der|bin)$/.test(arg) ? join(folder, arg) : arg)),
    (output, exitCode) => exitCode === 0 && /successful/i.test(output),
  );
}

interface PdfjsSignature {
  readonly coversWholeDocument: boolean;
  readonly modificationsAfterSignature: number;
}

async function pdfjs({ bytes }: FileUnderTest): Promise<Opinion> {
  const loading = getDocument({ data: bytes.slice(), verbosity: 0 });
  try {
    // Declared as plain objects.
    const signatures = (await (await loading.promise).getSignatures()) as PdfjsSignature[] | null;
    const whole = signatures?.every(
      (one) => one.coversWholeDocument && one.modificationsAfterSignature === 0,
    );
    return signatures?.length && whole ? 'accepted' : 'refused';
  } catch {
    return 'refused';
  } finally {
    await loading.destroy();
  }
}

async function zbar({ folder, pdf }: FileUnderTest): Promise<Opinion> {
  const image = join(folder, 'page');
  const drawn = await ask(
    'pdftoppm',
    ['-r', '150', '-png', '-singlefile', pdf, image],
    (_, code) => code === 0,
  );
  if (drawn !== 'accepted') return drawn;
  return ask('zbarimg', ['-q', '--raw', `${image}.png`], (output) =>
    /^HTTPS:\/\/[^/]+\/V\/#[A-Z2-7]+$/m.test(output),
  );
}

export const readers: readonly OutsideReader[] = [
  {
    name: 'pdfsig (poppler)',
    says: 'signature',
    read: ({ pdf }) =>
      ask(
        'pdfsig',
        ['-nocert', pdf],
        (output) =>
          /Signature Validation: Signature is Valid/.test(output) &&
          !/Signature is Invalid|Digest Mismatch/.test(output),
      ),
  },
  {
    name: 'mutool (MuPDF)',
    says: 'signature',
    read: ({ pdf }) => ask('mutool', ['sign', '-v', pdf], (output) => /unchanged since signing/.test(output)),
  },
  { name: 'openssl cms', says: 'signature', read: openssl },
  {
    name: 'pyHanko',
    says: 'signature',
    read: ({ pdf, root }) =>
      ask(
        'pyhanko',
        ['sign', 'validate', '--no-revocation-check', '--trust', root, pdf],
        (output, code) => code === 0 && /INTACT:TRUSTED/.test(output),
      ),
  },
  {
    name: 'qpdf --check',
    says: 'structure',
    read: ({ pdf }) => ask('qpdf', ['--check', pdf], (_, code) => code === 0),
  },
  { name: 'pdf.js getSignatures', says: 'structure', read: pdfjs },
  {
    name: 'veraPDF',
    says: 'PDF/A',
    read: ({ pdf }) =>
      ask('verapdf', ['--flavour', '3b', '--format', 'text', pdf], (output) => /^PASS/m.test(output)),
  },
  { name: 'zbarimg', says: 'QR', read: zbar },
];

/** Puts a file on disk for the time a reader needs it. */
export async function withFile<T>(
  text: string,
  root: Uint8Array,
  use: (file: FileUnderTest) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'mandate-conformance-'));
  try {
    const [pdf, rootPath] = [join(folder, 'file.pdf'), join(folder, 'root.pem')];
    const bytes = bytesOf(text);
    await writeFile(pdf, bytes);
    await writeFile(rootPath, pem(root));
    return await use({ folder, pdf, bytes, root: rootPath });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
