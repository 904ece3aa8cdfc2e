import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

/** The folder that holds package.json, site/ and migrations/. */
export const PROJECT_DIR = fileURLToPath(new URL('../../../../', import.meta.url));

const Flag = z.enum(['on', 'off']);

const EnvSchema = z.object({
  PORT: z.coerce.number().int().min(1).max(65_535).default(4180),
  /** the address the server listens on */
  MANDATE_LISTEN: z.string().default('127.0.0.1'),
  MANDATE_DATA_DIR: z.string().min(1).default('data'),
  /** where the public finds the site; fixes the origin of both logs at first start */
  MANDATE_PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  MANDATE_REGISTRY_NAME: z.string().min(1).max(60).default('明权登记簿'),
  /** PostgreSQL ≥ 15; absent: the embedded server in the data folder */
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  /** role that owns the tables, for `mandate migrate`; absent: the same as DATABASE_URL */
  DATABASE_OWNER_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
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
  readonly databaseUrl: string | undefined;
  readonly databaseOwnerUrl: string | undefined;
  readonly keyPassword: string | undefined;
  readonly sessionsDir: string;
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
    this.databaseUrl = env.DATABASE_URL;
    this.databaseOwnerUrl = env.DATABASE_OWNER_URL ?? env.DATABASE_URL;
    this.keyPassword = env.MANDATE_KEY_PASSWORD;
    this.sessionsDir = env.MANDATE_SESSIONS_DIR ?? join(homedir(), '.mandate', 'sessions');
    this.apiUrl = env.MANDATE_API_URL;
    this.frontSecret = env.MANDATE_FRONT_SECRET;
    this.demo = (env.MANDATE_DEMO ?? (env.DATABASE_URL === undefined ? 'on' : 'off')) === 'on';
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
    const lines = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
    throw new ConfigError(`环境变量有误（environment variables）：\n${lines.join('\n')}`);
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
