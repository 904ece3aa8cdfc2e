import { DATA_FOLDER, LOG_FOLDER } from '@mandate/published';

const join = (...directives: readonly string[]): string => directives.join('; ');

/** Answers for programs: nothing in them is run or loaded, whatever a browser takes them for. */
const NOTHING = join("default-src 'none'", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'");

/** What pages say of themselves (`site/src/layouts/Page.astro`), and that no other site frames them: a page cannot say that. */
const PAGES = join(
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "connect-src 'self'",
  "worker-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
);

/** Swagger UI writes styles into its elements; its scripts are files. */
const DOCS = join(
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
);

const FEATURES = [
  'accelerometer',
  'autoplay',
  'camera',
  'display-capture',
  'encrypted-media',
  'fullscreen',
  'geolocation',
  'gyroscope',
  'hid',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'publickey-credentials-get',
  'screen-wake-lock',
  'serial',
  'usb',
  'xr-spatial-tracking',
];
const NO_FEATURES = FEATURES.map((feature) => `${feature}=()`).join(', ');

const YEAR_SECONDS = 31_536_000;

const DOCS_PATH = /^\/api\/docs(\/|\?|$)/;
const API_PATH = /^\/(api|metrics)(\/|\?|$)/;
const FILES_PATH = new RegExp(`^/(${DATA_FOLDER}|${LOG_FOLDER})/`);

/**
 * What every answer says to a browser, whatever its status.
 * @param url as it was asked for; only its beginning is looked at
 * @param publicUrl over TLS, browsers are told to come back by TLS alone
 */
export function securityHeaders(url: string, publicUrl: string): Readonly<Record<string, string>> {
  return {
    'content-security-policy': policyOf(url),
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
    'permissions-policy': NO_FEATURES,
    'cross-origin-opener-policy': 'same-origin',
    // The published files are read by verifiers of other sites; pages and API are nobody else's.
    'cross-origin-resource-policy': FILES_PATH.test(url) ? 'cross-origin' : 'same-origin',
    ...(publicUrl.startsWith('https:') && {
      'strict-transport-security': `max-age=${YEAR_SECONDS.toString()}`,
    }),
  };
}

function policyOf(url: string): string {
  if (DOCS_PATH.test(url)) return DOCS;
  return API_PATH.test(url) || FILES_PATH.test(url) ? NOTHING : PAGES;
}
