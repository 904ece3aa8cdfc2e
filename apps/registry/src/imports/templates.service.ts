import { Injectable } from '@nestjs/common';
import { encodeAuthorityTemplate, encodeNegativeTemplate, type TemplateFormat } from '@mandate/list-files';
import { AuthorityItemSchema, NegativeListItemSchema, NegativeListSchema } from '@mandate/lists';
import { isNegativeListKey } from '@mandate/published';
import { DataSource } from 'typeorm';
import { ListsService } from '../lists/lists.service.ts';
import { OrgansService } from '../organs/organs.service.ts';
import { ImportError } from './imports.errors.ts';

export const TEMPLATE_TYPES: Readonly<Record<TemplateFormat, string>> = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
};

export interface TemplateFile {
  /** with its ending */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** The templates, empty or filled with a list as it is listed now: what is cancelled stands in none. */
@Injectable()
export class TemplatesService {
  constructor(
    private readonly source: DataSource,
    private readonly lists: ListsService,
    private readonly organs: OrgansService,
  ) {}

  /**
   * @param list `authority` or `negative` for an empty template; key of an organ or of a negative list for one that is
   *   filled
   * @throws ImportError `list-not-found`
   */
  async get(list: string, format: TemplateFormat): Promise<TemplateFile> {
    if (list === 'authority')
      return { name: `权责清单模板.${format}`, bytes: encodeAuthorityTemplate(format) };
    if (list === 'negative') return { name: `负面清单模板.${format}`, bytes: encodeNegativeTemplate(format) };
    return isNegativeListKey(list) ? this.negativeList(list, format) : this.authorityList(list, format);
  }

  private async authorityList(key: string, format: TemplateFormat): Promise<TemplateFile> {
    const tx = this.source.manager;
    const organ = (await this.organs.list(tx)).find((one) => one.key === key);
    if (!organ) throw notFound(key);
    const records = await this.lists.records(tx, 'authority-item', { organ: key });
    const items = records.map(({ entry, value }) => ({
      key: entry.key,
      item: AuthorityItemSchema.parse(value),
    }));
    return { name: `${organ.name}权责清单.${format}`, bytes: encodeAuthorityTemplate(format, organ, items) };
  }

  private async negativeList(key: string, format: TemplateFormat): Promise<TemplateFile> {
    const tx = this.source.manager;
    const [record] = await this.lists.records(tx, 'negative-list', { organ: key });
    if (!record) throw notFound(key);
    const list = NegativeListSchema.parse(record.value);
    const records = await this.lists.records(tx, 'negative-list-item', { organ: key });
    const items = records.map(({ value }) => NegativeListItemSchema.parse(value));
    return { name: `${list.name}.${format}`, bytes: encodeNegativeTemplate(format, list, items) };
  }
}

function notFound(key: string): ImportError {
  return new ImportError('list-not-found', `没有标识为 ${key} 的机关或负面清单。`);
}
