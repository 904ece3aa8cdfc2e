import { Gauge, type Registry } from 'prom-client';

interface Described {
  readonly help: string;
  readonly labels?: readonly string[];
}

/** Of the database, as one transaction reads it. */
export const DATABASE_GAUGES = {
  mandate_log_entries: { help: 'Entries that have their place in the tree.', labels: ['log'] },
  mandate_log_unsequenced_entries: { help: 'Entries that wait for the sequencer.', labels: ['log'] },
  mandate_log_oldest_unsequenced_age_seconds: {
    help: 'How long the oldest of them has waited; 0 with none.',
    labels: ['log'],
  },
  mandate_publication_lag_entries: { help: 'Entries that are not published yet.', labels: ['log'] },
  mandate_publication_lag_seconds: {
    help: 'Age of the oldest entry that is not published yet; 0 with none.',
    labels: ['log'],
  },
  mandate_certificates_issued: { help: 'Certificates ever issued.' },
  mandate_certificates_revoked: { help: 'Of these, revoked.' },
  mandate_drafts: { help: 'Drafts by their state.', labels: ['state'] },
  mandate_drafts_imported: { help: 'Of these, made from imported files, in whatever state.' },
} as const satisfies Record<string, Described>;

/** Of the published files. */
export const PUBLISHED_GAUGES = {
  mandate_published_entries: { help: 'Entries that are published.', labels: ['log'] },
  mandate_pages_lag_entries: { help: 'Published entries of the lists that the pages do not say yet.' },
  mandate_signed_file_valid_until_timestamp_seconds: {
    help: 'Until when readers accept the file that was signed last.',
    labels: ['file'],
  },
  mandate_key_not_after_timestamp_seconds: {
    help: 'When a listed key ends: of each organ the one that holds longest, of authorities, status lists and QR codes.',
    labels: ['kind', 'holder'],
  },
} as const satisfies Record<string, Described>;

/** Of the disk with the data folder. */
export const DISK_GAUGES = {
  mandate_data_folder_free_bytes: { help: 'What this program may still write there.' },
  mandate_data_folder_size_bytes: { help: 'Size of the file system.' },
} as const satisfies Record<string, Described>;

/** Of the process itself. */
export const PROCESS_GAUGES = {
  mandate_build_info: { help: 'Version of the program and of Node; always 1.', labels: ['version', 'node'] },
  mandate_measure_up: { help: '1 where a source of measures could be read.', labels: ['source'] },
  mandate_database_pool_connections: { help: 'Connections of the pool, by what they do.', labels: ['state'] },
  mandate_database_pool_waiting: { help: 'Requests that wait for a connection.' },
} as const satisfies Record<string, Described>;

/** Gauges that are set and forgotten together: a value that could not be read anew is not told as if it had been. */
export class GaugeGroup<Name extends string> {
  private readonly gauges: readonly { name: string; gauge: Gauge; labelled: boolean }[];

  constructor(registry: Registry, described: Readonly<Record<Name, Described>>) {
    this.gauges = Object.entries<Described>(described).map(([name, { help, labels = [] }]) => ({
      name,
      gauge: new Gauge({ name, help, labelNames: [...labels], registers: [registry] }),
      labelled: labels.length > 0,
    }));
    this.clear();
  }

  set(name: Name, value: number, labels: Readonly<Record<string, string>> = {}): void {
    this.gauges.find((one) => one.name === name)?.gauge.set(labels, value);
  }

  clear(): void {
    for (const { gauge, labelled } of this.gauges) {
      // `reset` would leave a gauge without labels at 0: no lag, no room on the disk.
      if (labelled) gauge.reset();
      else gauge.remove();
    }
  }
}
