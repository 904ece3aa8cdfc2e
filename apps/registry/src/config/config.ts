import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { settingError } from './setting-error.ts';
import { findBadTrust, parseList, trustedProxies } from './addresses.ts';

/** The folder that holds package.json, site/ and migrations/. */
export const PROJECT_DIR = fileURLToPath(new URL('../../../../', import.meta.url));

/** The same as in package.json; a test holds them together. */
export const PROGRAM_VERSION = '0.1.0';

const Flag = z.enum(['on', 'off']);

/** 网络安全法 art. 21 (3) asks for six months of network log; a shorter setting is refused, not obeyed. */
const LEAST_LOG_DAYS = 180;

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Pages, data files and QR codes name addresses from the root: below a path none of them would be found. */
const PublicUrl = z.url({ protocol: /^https?$/ }).refine((text) => {
  const { pathname, search, hash, username, password } = new URL(text);
  return /^\/+$/.test(pathname) && `${search}${hash}${username}${password}` === '';
}, '公开网址只能是协议、域名和端口，不能带路径：请给登记簿一个自己的（子）域名，例如 https://qingdan.example.gov.cn');

const Origins = z
  .string()
  .transform(parseList)
  .refine(
    (origins) => origins.every((one) => URL.canParse(one) && new URL(one).origin === one),
    '请逐个写出来源，以逗号分隔，例如 https://qingdan.example.gov.cn',
  );

/** Paths by commas; from the project, like the data folder. */
const FontFiles = z
  .string()
  .transform((text) => parseList(text).map((path) => resolve(PROJECT_DIR, path)))
  .superRefine((paths, context) => {
    for (const path of paths)
      if (!/\.ttf$/i.test(path) || !existsSync(path))
        context.addIssue({
          code: 'custom',
          message: `“${path}”不是现有的 TrueType 字体文件（.ttf）；.ttc、.otf 请先转换`,
        });
  });

const TrustProxy = z.string().superRefine((text, context) => {
  const bad = findBadTrust(text);
  if (bad !== undefined)
    context.addIssue({
      code: 'custom',
      message: `“${bad}”不是地址、网段（CIDR）或 1 至 9 的代理层数`,
    });
});

const EnvSchema = z.object({
  PORT: z.coerce.number().int().min(1).max(65_535).default(4180),
  /** the address the server listens on */
  MANDATE_LISTEN: z.string().default('127.0.0.1'),
  MANDATE_DATA_DIR: z.string().min(1).default('data'),
  /** where the public finds the site; fixes the origin of both logs at first start */
  MANDATE_PUBLIC_URL: PublicUrl.optional(),
  /** further origins from which browsers may send what changes something; rarely needed */
  MANDATE_ALLOWED_ORIGINS: Origins.default([]),
  /** proxies that say the truth in X-Forwarded-*: addresses and CIDR, or a number of hops; absent: nobody */
  MANDATE_TRUST_PROXY: TrustProxy.optional(),
  /** within which a request must have arrived, headers and body */
  MANDATE_REQUEST_SECONDS: z.coerce.number().int().min(1).max(300).default(120),
  MANDATE_READING_SECONDS: z.coerce.number().int().min(5).max(600).default(60),
  /** what the terminal shows; the files keep every request whatever it says */
  MANDATE_LOG_LEVEL: z.enum(LOG_LEVELS).default('info'),
  /** how long log files are kept */
  MANDATE_LOG_DAYS: z.coerce.number().int().min(LEAST_LOG_DAYS).max(36_500).default(200),
  /** opens /metrics to whoever sends it; absent: only programs of this machine read them */
  MANDATE_METRICS_TOKEN: z
    .string()
    .regex(/^[\x21-\x7e]{20,200}$/, '须为 20 至 200 个没有空格的 ASCII 字符')
    .optional(),
  /** stand in on certificates, in this order, for what the fonts of the registry do not have: rare characters, Uyghur, Tibetan … */
  MANDATE_CERTIFICATE_FONTS: FontFiles.default([]),
  MANDATE_REGISTRY_NAME: z.string().min(1).max(60).default('明权登记簿'),
  /** PostgreSQL ≥ 15; absent: the embedded server in the data folder */
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  /** role that owns the tables, for `mandate migrate`; absent: the same as DATABASE_URL */
  DATABASE_OWNER_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  /**
   * connections of one process. A statement is answered by a core of the database: more than two or three a core only wait
   * there instead of here. PostgreSQL allows 100 as it comes; API, worker and a few commands stay well below.
   */
  MANDATE_POOL_SIZE: z.coerce.number().int().min(1).max(100).default(10),
  /** opens the PKCS#12 files; the demo makes its own */
  MANDATE_KEY_PASSWORD: z.string().min(12).optional(),
  MANDATE_DEMO: Flag.optional(),
  /** `mandate serve`: where it finds the API */
  MANDATE_API_URL: z.url({ protocol: /^https?$/ }).optional(),
  /** shared by front and API: what the front says of a client, the API believes only with it; made anew at each `start` */
  MANDATE_FRONT_SECRET: z.string().min(32).optional(),
  /** where the command line keeps who has signed in; absent: `.mandate/sessions` in the home folder */
  MANDATE_SESSIONS_DIR: z.string().min(1).optional(),
});

/** Everything the process reads from its environment, parsed once. */
export class Config {
  readonly port: number;
  readonly listen: string;
  readonly dataDir: string;
  readonly publicUrl: string;
  readonly registryName: string;
  /** paths of TrueType fonts for certificates, besides the registry's own */
  readonly certificateFonts: readonly string[];
  readonly databaseUrl: string | undefined;
  readonly databaseOwnerUrl: string | undefined;
  /** connections to the database, at most */
  readonly poolSize: number;
  readonly keyPassword: string | undefined;
  readonly sessionsDir: string;
  /** origins of pages that are the registry's own; what a request says of its Host is not believed */
  readonly allowedOrigins: readonly string[];
  /** of whom X-Forwarded-* is believed */
  readonly trustedProxies: number | readonly string[] | undefined;
  readonly requestSeconds: number;
  /** in which a file that was sent must have been read; one named at the command line may take twice as long */
  readonly readingSeconds: number;
  readonly logLevel: LogLevel;
  readonly logDays: number;
  readonly metricsToken: string | undefined;
  /** sample data, demo accounts and a test authority; never with a database of one's own unless asked for */
  readonly demo: boolean;
  readonly apiUrl: string | undefined;
  readonly frontSecret: string | undefined;

  constructor(env: z.infer<typeof EnvSchema>) {
    this.port = env.PORT;
    this.listen = env.MANDATE_LISTEN;
    // Relative to the project, not to the current folder: `npx mandate` from anywhere means the same registry.
    this.dataDir = resolve(PROJECT_DIR, env.MANDATE_DATA_DIR);
    this.publicUrl = (env.MANDATE_PUBLIC_URL ?? `http://localhost:${env.PORT}`).replace(/\/+$/, '');
    this.registryName = env.MANDATE_REGISTRY_NAME;
    this.certificateFonts = env.MANDATE_CERTIFICATE_FONTS;
    this.databaseUrl = env.DATABASE_URL;
    this.databaseOwnerUrl = env.DATABASE_OWNER_URL ?? env.DATABASE_URL;
    this.poolSize = env.MANDATE_POOL_SIZE;
    this.keyPassword = env.MANDATE_KEY_PASSWORD;
    this.sessionsDir = env.MANDATE_SESSIONS_DIR ?? join(homedir(), '.mandate', 'sessions');
    this.apiUrl = env.MANDATE_API_URL;
    this.frontSecret = env.MANDATE_FRONT_SECRET;
    this.demo = (env.MANDATE_DEMO ?? (env.DATABASE_URL === undefined ? 'on' : 'off')) === 'on';
    this.allowedOrigins = [
      new URL(this.publicUrl).origin,
      ...env.MANDATE_ALLOWED_ORIGINS,
      // The demo is tried on the machine itself, under whichever of its names.
      ...(this.demo ? ['localhost', '127.0.0.1', '[::1]'].map((host) => `http://${host}:${env.PORT}`) : []),
    ];
    this.trustedProxies = trustedProxies(env.MANDATE_TRUST_PROXY);
    this.requestSeconds = env.MANDATE_REQUEST_SECONDS;
    this.readingSeconds = env.MANDATE_READING_SECONDS;
    this.logLevel = env.MANDATE_LOG_LEVEL;
    this.logDays = env.MANDATE_LOG_DAYS;
    this.metricsToken = env.MANDATE_METRICS_TOKEN;
  }

  /** The same configuration on the database that was opened for it. */
  withDatabase(urls: { appUrl: string; ownerUrl: string }): Config {
    // Object.create is typed any; every field follows from `this`.
    return Object.assign(Object.create(Config.prototype) as Config, this, {
      databaseUrl: urls.appUrl,
      databaseOwnerUrl: urls.ownerUrl,
    });
  }
}

/** One or more environment variables are unusable; the message names every one of them. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly code = 'invalid-environment';
}

/** @throws ConfigError that names every bad variable at once */
export function loadConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const set = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = EnvSchema.safeParse(set);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `  ${settingError(issue, set)}`);
    throw new ConfigError(`环境变量有误：\n${lines.join('\n')}`);
  }
  return new Config(parsed.data);
}

/**
 * The environment of a child process that works with this configuration.
 * @param owner whether it may act as the owner of the tables
 */
export function configuredEnvironment(config: Config, owner: boolean): NodeJS.ProcessEnv {
  return {
    ...process.env,
    PORT: String(config.port),
    MANDATE_DATA_DIR: config.dataDir,
    MANDATE_DEMO: config.demo ? 'on' : 'off',
    DATABASE_URL: config.databaseUrl,
    DATABASE_OWNER_URL: owner ? config.databaseOwnerUrl : undefined,
  };
}

/** Whether `npm start` or `npx` started this process; npm sets the variable for its scripts. */
export function startedByNpm(): boolean {
  return process.env['npm_lifecycle_event'] !== undefined;
}
