/** The catalog views, as rows made from the catalog whenever a statement asks. */
import type { SqlType } from '../backend.ts';
import { fixedBytes } from '../tsql/data-length.ts';
import { decimalShape, familyOf, isNational, isText } from '../tsql/types.ts';
import type { Catalog, CatalogColumn, CatalogIndex, CatalogTable } from './catalog.ts';

/** What the views show besides the catalog. */
export interface ViewContext {
  readonly catalog: Catalog;
  readonly databases: readonly {
    readonly id: number;
    readonly name: string;
    readonly collation: string;
    readonly isSingleUser: boolean;
  }[];
  readonly databaseName: string;
  readonly sizePages: number;
}

type Cell = string | number | null;

interface View {
  readonly columns: readonly { readonly name: string; readonly type: SqlType; readonly isNullable: boolean }[];
  readonly rows: (context: ViewContext) => readonly (readonly Cell[])[];
}

const TYPES: Readonly<
  Record<'int' | 'smallint' | 'tinyint' | 'bit' | 'sysname' | 'text60' | 'text' | 'guid', SqlType>
> = {
  int: { name: 'int' },
  smallint: { name: 'smallint' },
  tinyint: { name: 'tinyint' },
  bit: { name: 'bit' },
  sysname: { name: 'nvarchar', length: 128 },
  text60: { name: 'nvarchar', length: 60 },
  text: { name: 'nvarchar', length: 'max' },
  guid: { name: 'uniqueidentifier' },
};

/** `name:type`, with a question mark after a nullable column. */
function view(columns: string, rows: View['rows']): View {
  return {
    columns: columns.split(' ').map((text) => {
      const [name = '', type = ''] = text.split(':');
      const isNullable = type.endsWith('?');
      return { name, type: TYPES[type.replace('?', '') as keyof typeof TYPES], isNullable };
    }),
    rows,
  };
}

/** system_type_id by type (sys.types of SQL Server); SYSNAME is an alias of NVARCHAR. */
// prettier-ignore
const TYPE_IDS: readonly (readonly [name: string, id: number, maxLength: number, precision: number, scale: number])[] = [
  ['image', 34, 16, 0, 0], ['text', 35, 16, 0, 0], ['uniqueidentifier', 36, 16, 0, 0], ['date', 40, 3, 10, 0],
  ['time', 41, 5, 16, 7], ['datetime2', 42, 8, 27, 7], ['datetimeoffset', 43, 10, 34, 7], ['tinyint', 48, 1, 3, 0],
  ['smallint', 52, 2, 5, 0], ['int', 56, 4, 10, 0], ['smalldatetime', 58, 4, 16, 0], ['real', 59, 4, 24, 0],
  ['money', 60, 8, 19, 4], ['datetime', 61, 8, 23, 3], ['float', 62, 8, 53, 0], ['sql_variant', 98, 8016, 0, 0],
  ['ntext', 99, 16, 0, 0], ['bit', 104, 1, 1, 0], ['decimal', 106, 17, 38, 38], ['numeric', 108, 17, 38, 38],
  ['smallmoney', 122, 4, 10, 4], ['bigint', 127, 8, 19, 0], ['varbinary', 165, 8000, 0, 0], ['varchar', 167, 8000, 0, 0],
  ['binary', 173, 8000, 0, 0], ['char', 175, 8000, 0, 0], ['timestamp', 189, 8, 0, 0], ['nvarchar', 231, 8000, 0, 0],
  ['nchar', 239, 8000, 0, 0], ['xml', 241, -1, 0, 0],
];

const SYSNAME_ID = 256;

function typeId(type: SqlType): number {
  return TYPE_IDS.find(([name]) => name === type.name)?.[1] ?? 0;
}

function maxLength(type: SqlType): number {
  if (type.length === 'max') return -1;
  if (type.length !== undefined) return isNational(type) ? type.length * 2 : type.length;
  return type.name === 'text' || type.name === 'ntext' || type.name === 'image' ? 16 : fixedBytes(type);
}

function precisionOf(type: SqlType): readonly [precision: number, scale: number] {
  const family = familyOf(type);
  if (family === 'decimal' || family === 'integer') {
    const { precision, scale } = decimalShape(type);
    return [precision, scale];
  }
  if (type.name === 'datetime2') return [type.scale === 0 ? 19 : 20 + (type.scale ?? 7), type.scale ?? 7];
  if (type.name === 'time') return [type.scale === 0 ? 8 : 9 + (type.scale ?? 7), type.scale ?? 7];
  const [, , , precision = 0, scale = 0] = TYPE_IDS.find(([name]) => name === type.name) ?? [];
  return [precision, scale];
}

function tablesOf({ catalog }: ViewContext): readonly CatalogTable[] {
  return [...catalog.tables.values()];
}

function schemaId({ catalog }: ViewContext, table: CatalogTable): number {
  return catalog.schemas.get(table.schema.toUpperCase())?.id ?? 0;
}

function columnRow(table: CatalogTable, column: CatalogColumn): readonly Cell[] {
  const { type } = column;
  const padded = isText(type) || familyOf(type) === 'binary' ? 1 : 0;
  return [
    table.id,
    column.name,
    column.id,
    typeId(type),
    typeId(type),
    maxLength(type),
    ...precisionOf(type),
    column.collation,
    column.isNullable ? 1 : 0,
    padded,
    0,
    column.identity === null ? 0 : 1,
    0,
  ];
}

function indexRows(table: CatalogTable): readonly (readonly Cell[])[] {
  const row = (index: CatalogIndex): readonly Cell[] => [
    table.id,
    index.name,
    index.id,
    index.id === 1 ? 1 : 2,
    index.id === 1 ? 'CLUSTERED' : 'NONCLUSTERED',
    index.isUnique ? 1 : 0,
    index.kind === 'primary' ? 1 : 0,
    index.kind === 'unique' ? 1 : 0,
    0,
    0,
    index.filter === null ? 0 : 1,
    index.filter,
  ];
  const heap: readonly Cell[] = [table.id, null, 0, 0, 'HEAP', 0, 0, 0, 0, 0, 0, null];
  const rows = table.indexes.map(row);
  return table.indexes.some(({ id }) => id === 1) ? rows : [heap, ...rows];
}

function indexColumnRows(table: CatalogTable): readonly (readonly Cell[])[] {
  return table.indexes.flatMap((index) => [
    ...index.columns.map(({ columnId, isDescending }, i) => [
      table.id,
      index.id,
      i + 1,
      columnId,
      i + 1,
      isDescending ? 1 : 0,
      0,
    ]),
    ...index.included.map((columnId, i) => [table.id, index.id, index.columns.length + i + 1, columnId, 0, 0, 1]),
  ]);
}

const VIEWS: Readonly<Record<string, View>> = {
  DATABASES: view(
    'name:sysname database_id:int collation_name:sysname? user_access:tinyint? state:tinyint? state_desc:text60? is_read_only:bit? compatibility_level:tinyint ' +
      'recovery_model_desc:text60? log_reuse_wait_desc:text60? is_read_committed_snapshot_on:bit? snapshot_isolation_state:tinyint? ' +
      'is_published:bit is_merge_published:bit is_cdc_enabled:bit replica_id:guid?',
    ({ databases }) =>
      databases.map(({ name, id, collation, isSingleUser }) => [
        name,
        id,
        collation,
        isSingleUser ? 1 : 0,
        0,
        'ONLINE',
        0,
        110,
        // what is committed stays in SQLite's file alone, and readers see what was committed last
        'SIMPLE',
        'NOTHING',
        1,
        0,
        0,
        0,
        0,
        null,
      ]),
  ),
  SCHEMAS: view('name:sysname schema_id:int principal_id:int?', ({ catalog }) =>
    [...catalog.schemas.values()].map(({ name, id }) => [name, id, 1]),
  ),
  TABLES: view('name:sysname object_id:int schema_id:int type:text60 type_desc:text60? is_ms_shipped:bit', (context) =>
    tablesOf(context).map((table) => [table.name, table.id, schemaId(context, table), 'U ', 'USER_TABLE', 0]),
  ),
  OBJECTS: view(
    'name:sysname object_id:int schema_id:int parent_object_id:int type:text60 type_desc:text60? is_ms_shipped:bit',
    (context) =>
      tablesOf(context).map((table) => [table.name, table.id, schemaId(context, table), 0, 'U ', 'USER_TABLE', 0]),
  ),
  COLUMNS: view(
    'object_id:int name:sysname? column_id:int system_type_id:tinyint user_type_id:int max_length:smallint precision:tinyint scale:tinyint ' +
      'collation_name:sysname? is_nullable:bit? is_ansi_padded:bit is_rowguidcol:bit is_identity:bit is_computed:bit',
    (context) => tablesOf(context).flatMap((table) => table.columns.map((column) => columnRow(table, column))),
  ),
  TYPES: view(
    'name:sysname system_type_id:tinyint user_type_id:int schema_id:int max_length:smallint precision:tinyint scale:tinyint is_user_defined:bit',
    () => [
      ...TYPE_IDS.map(([name, id, length, precision, scale]) => [name, id, id, 4, length, precision, scale, 0]),
      ['sysname', 231, SYSNAME_ID, 4, 256, 0, 0, 0],
    ],
  ),
  INDEXES: view(
    'object_id:int name:sysname? index_id:int type:tinyint type_desc:text60? is_unique:bit? is_primary_key:bit? is_unique_constraint:bit? ' +
      'is_disabled:bit? is_hypothetical:bit? has_filter:bit? filter_definition:text?',
    (context) => tablesOf(context).flatMap(indexRows),
  ),
  INDEX_COLUMNS: view(
    'object_id:int index_id:int index_column_id:int column_id:int key_ordinal:tinyint is_descending_key:bit? is_included_column:bit?',
    (context) => tablesOf(context).flatMap(indexColumnRows),
  ),
  TRIGGERS: view('name:sysname object_id:int parent_id:int is_disabled:bit is_instead_of_trigger:bit', () => []),
  DATABASE_FILES: view(
    'file_id:int type:tinyint type_desc:text60? name:sysname size:int max_size:int growth:int',
    ({ databaseName, sizePages }) => [
      [1, 0, 'ROWS', databaseName, sizePages, -1, 8192],
      [2, 1, 'LOG', `${databaseName}_log`, 1024, -1, 8192],
    ],
  ),
};

/** Columns of tables and of these views: what a client may ask for here. */
const ALL_COLUMNS = view('object_id:int name:sysname? column_id:int', (context) => [
  ...Object.entries(VIEWS).flatMap(([name, { columns }]) =>
    columns.map((column, i) => [systemViewId(name), column.name, i + 1]),
  ),
  ...tablesOf(context).flatMap((table) => table.columns.map(({ id, name }) => [table.id, name, id])),
]);

/** object_id of a view of schema sys: negative, as SQL Server's system objects have. Null when there is none. */
export function systemViewId(name: string): number | null {
  const index = Object.keys(VIEWS).indexOf(name.toUpperCase());
  return index === -1 ? null : -100 - index;
}

/** A view of schema sys by its name, or null. */
export function findView(name: string): View | null {
  const upper = name.toUpperCase();
  if (upper === 'ALL_COLUMNS') return ALL_COLUMNS;
  return Object.hasOwn(VIEWS, upper) ? (VIEWS[upper] ?? null) : null;
}

export function viewRows(name: string, context: ViewContext): string {
  return JSON.stringify(findView(name)?.rows(context) ?? []);
}
