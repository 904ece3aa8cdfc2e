import { gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { build } from 'esbuild';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

describe('the verifier in a browser', () => {
  test('needs nothing of Node and stays within its size budget', async () => {
    const { outputFiles, metafile } = await build({
      stdin: {
        contents:
          "export { verifyDocument, verifyQr, explain } from '@mandate/verification';" +
          "export { fetchSource } from '@mandate/published';",
        resolveDir: ROOT,
      },
      absWorkingDir: ROOT,
      bundle: true,
      minify: true,
      format: 'esm',
      // An import of node:* cannot be resolved for this platform and fails the build.
      platform: 'browser',
      target: 'es2022',
      write: false,
      metafile: true,
      logLevel: 'silent',
    });
    const [bundle] = outputFiles;
    const modules = Object.values(metafile.outputs).flatMap(({ inputs }) =>
      Object.entries(inputs).flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? [path] : [])),
    );
    expect(modules.some((path) => path.startsWith('libs/verification/'))).toBe(true);
    // Drawing and signing are the registry's; a reader does not pay for them.
    expect(
      modules.filter((path) => /libs\/certificate-pdf|node_modules\/(pdf-lib|node-forge)/.test(path)),
    ).toEqual([]);
    expect(bundle?.text).not.toMatch(/\bBuffer\.from|\bprocess\.env/);
    expect(gzipSync(bundle?.contents ?? '').length).toBeLessThan(190 * 1024);
  });
});
