import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Where in the organ's workbook an item was last found: what tells several of one name apart. Never published. */
@Entity({ name: 'import_source' })
export class ImportSource {
  /** key of the item */
  @PrimaryColumn('text', { collation: 'C', primaryKeyConstraintName: 'import_source_pk' })
  key!: string;

  /** name of the file, without its folder */
  @Column('text')
  file!: string;

  @Column('text')
  sheet!: string;

  @Column('text')
  serial!: string;

  /** from 1 */
  @Column('integer')
  row!: number;

  @Column('timestamptz', { name: 'imported_at', default: () => 'now()' })
  importedAt!: Date;
}
