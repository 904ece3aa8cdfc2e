import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** A request that was answered, as far as it is counted. */
export interface CountedRequest {
  readonly event: string;
  readonly method: string;
  readonly route: string;
  readonly status: number;
  readonly durationMs: number;
  readonly code: string | undefined;
}

/** From a cached page to a workbook of a whole bureau. */
const DURATION_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/**
 * What one process counts while it runs. Labels are of closed sets (routes, methods, codes): no address, no account, no
 * key of a list is ever one.
 */
export class Measures {
  readonly registry = new Registry();
  private readonly requests: Counter<'method' | 'route' | 'status_class'>;
  private readonly durations: Histogram<'method' | 'route'>;
  private readonly refusals: Counter<'code'>;
  private readonly signIns: Counter<'result'>;

  constructor(process: string, lostLines: () => number) {
    this.registry.setDefaultLabels({ process });
    const registers = [this.registry];
    collectDefaultMetrics({ register: this.registry });
    this.requests = new Counter({
      name: 'mandate_http_requests_total',
      help: 'Requests answered, by method, pattern of the route and class of the status.',
      labelNames: ['method', 'route', 'status_class'],
      registers,
    });
    this.durations = new Histogram({
      name: 'mandate_http_request_duration_seconds',
      help: 'From the headers of a request to the end of its answer.',
      labelNames: ['method', 'route'],
      buckets: DURATION_SECONDS,
      registers,
    });
    this.refusals = new Counter({
      name: 'mandate_http_refusals_total',
      help: 'Requests refused, by the code of the problem.',
      labelNames: ['code'],
      registers,
    });
    this.signIns = new Counter({
      name: 'mandate_sign_ins_total',
      help: 'Sign-ins over HTTP: accepted, or the code of the refusal.',
      labelNames: ['result'],
      registers,
    });
    // Zero from the start: an alert on what has never been counted would be silent.
    this.signIns.inc({ result: 'accepted' }, 0);
    this.signIns.inc({ result: 'wrong-credentials' }, 0);
    new Gauge({
      name: 'mandate_log_lines_lost',
      help: 'Lines that the log file could not take since it last could.',
      registers,
      collect() {
        this.set(lostLines());
      },
    });
  }

  observe({ event, method, route, status, durationMs, code }: CountedRequest): void {
    this.requests.inc({ method, route, status_class: `${Math.floor(status / 100).toString()}xx` });
    this.durations.observe({ method, route }, durationMs / 1_000);
    if (status >= 400) this.refusals.inc({ code: code ?? `http-${status.toString()}` });
    if (event === 'sign-in') this.signIns.inc({ result: 'accepted' });
    if (event === 'sign-in-refused') this.signIns.inc({ result: code ?? `http-${status.toString()}` });
  }
}
