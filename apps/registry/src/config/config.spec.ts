import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { loadConfig, PROGRAM_VERSION } from './config.ts';

const load = (env: NodeJS.ProcessEnv) => loadConfig({ MANDATE_PUBLIC_URL: 'https://a.example', ...env });

describe('the public address', () => {
  test.each([
    'https://gov.example/qingdan/',
    'https://gov.example/qingdan',
    'https://gov.example/?x',
    'https://gov.example/#x',
    'https://user:secret@gov.example/',
    'ftp://gov.example',
  ])('%s is refused with the name of its variable', (url) => {
    expect(() => load({ MANDATE_PUBLIC_URL: url })).toThrow('MANDATE_PUBLIC_URL');
  });

  test('may end with a slash and have a port', () => {
    expect(load({ MANDATE_PUBLIC_URL: 'https://gov.example:8443/' }).publicUrl).toBe(
      'https://gov.example:8443',
    );
  });
});

describe('origins that are our own', () => {
  test('are the public address alone, outside of the demo', () => {
    expect(load({ MANDATE_DEMO: 'off' }).allowedOrigins).toEqual(['https://a.example']);
  });

  test('are this machine too in the demo, on its port alone', () => {
    expect(load({ MANDATE_DEMO: 'on', PORT: '4999' }).allowedOrigins).toEqual([
      'https://a.example',
      'http://localhost:4999',
      'http://127.0.0.1:4999',
      'http://[::1]:4999',
    ]);
  });

  test.each(['https://b.example/x', 'b.example', 'null', 'https://B.example'])('are not %s', (origin) => {
    expect(() => load({ MANDATE_ALLOWED_ORIGINS: origin })).toThrow('MANDATE_ALLOWED_ORIGINS');
  });
});

describe('trusted proxies', () => {
  test.each([
    [undefined, undefined],
    ['1', 1],
    ['10.0.0.0/8, ::1', ['10.0.0.0/8', '::1']],
  ])('%s', (text, trusted) => {
    expect(load(text === undefined ? {} : { MANDATE_TRUST_PROXY: text }).trustedProxies).toEqual(trusted);
  });

  test.each(['true', '0', '*', '0.0.0.0/0', '::/0', '10.0.0.0/33', 'proxy.example', '10.0.0.1, all'])(
    'are not «%s»',
    (text) => {
      expect(() => load({ MANDATE_TRUST_PROXY: text })).toThrow('MANDATE_TRUST_PROXY');
    },
  );
});

test('a log that is kept for less than 180 days is refused', () => {
  expect(() => load({ MANDATE_LOG_DAYS: '179' })).toThrow('MANDATE_LOG_DAYS');
  expect(load({}).logDays).toBeGreaterThanOrEqual(184);
});

test('a short token of the metrics is refused', () => {
  expect(() => load({ MANDATE_METRICS_TOKEN: 'short' })).toThrow('MANDATE_METRICS_TOKEN');
});

test('a font for certificates that is not there, or no TrueType by its name, is refused', () => {
  for (const fonts of ['no-such-font.ttf', 'package.json', 'README.md,no-such-font.ttf'])
    expect(() => load({ MANDATE_CERTIFICATE_FONTS: fonts })).toThrow('MANDATE_CERTIFICATE_FONTS');
  const font = 'node_modules/@expo-google-fonts/noto-naskh-arabic/400Regular/NotoNaskhArabic_400Regular.ttf';
  expect(load({ MANDATE_CERTIFICATE_FONTS: font }).certificateFonts).toEqual([
    expect.stringMatching(/^\/.*NotoNaskhArabic_400Regular\.ttf$/),
  ]);
});

describe('a setting that cannot be is told by its name, with what was given and what is allowed', () => {
  test.each([
    [{ PORT: 'eighty' }, 'PORT：给的是“eighty”，须为整数。'],
    [{ PORT: '80.5' }, 'PORT：给的是“80.5”，须为整数。'],
    [{ PORT: '70000' }, 'PORT：给的是“70000”，不能大于 65535。'],
    [{ MANDATE_LOG_DAYS: '179' }, 'MANDATE_LOG_DAYS：给的是“179”，不能小于 180。'],
    [{ MANDATE_DEMO: 'yes' }, 'MANDATE_DEMO：给的是“yes”，可用的有：on、off。'],
    [
      { MANDATE_API_URL: 'api:80' },
      'MANDATE_API_URL：给的是“api:80”，须为 http:// 或 https:// 开头的完整网址。',
    ],
    [{ MANDATE_REGISTRY_NAME: '名'.repeat(61) }, '至多 60 个字符。'],
    [{ MANDATE_TRUST_PROXY: 'all' }, '“all”不是地址、网段（CIDR）或 1 至 9 的代理层数。'],
    // What opens something is not shown.
    [{ MANDATE_KEY_PASSWORD: 'short' }, 'MANDATE_KEY_PASSWORD：至少 12 个字符。'],
    [{ MANDATE_METRICS_TOKEN: 'tiny' }, 'MANDATE_METRICS_TOKEN：须为 20 至 200 个没有空格的 ASCII 字符。'],
    [{ DATABASE_URL: 'mysql://me:pw@db' }, 'DATABASE_URL：须为 postgres:// 开头的完整网址。'],
  ])('%p', (env, words) => {
    expect(() => load(env)).toThrow(words);
    expect(() => load(env)).not.toThrow(/[a-z]{3,} [a-z]{2,}/);
  });
});

test('a password in an address is not shown', () => {
  expect(() => load({ MANDATE_PUBLIC_URL: 'https://user:hush@gov.example/' })).not.toThrow('hush');
  expect(() => load({ MANDATE_API_URL: 'ftp://user:hush@gov.example/' })).not.toThrow('hush');
});

test('the version is that of the package', () => {
  const file = new URL('../../package.json', import.meta.url);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ version: PROGRAM_VERSION });
});
