import type { ReactNode } from 'react';
import classes from './data-table.module.css';

export interface Column<T> {
  readonly header: string;
  readonly cell: (row: T) => ReactNode;
  readonly align?: 'end';
  /** The column that names the row: on a phone it is the card's heading. */
  readonly primary?: boolean;
  /** Buttons: no label of their own. */
  readonly actions?: boolean;
  readonly width?: string;
}

interface DataTableProps<T> {
  readonly label: string;
  readonly columns: readonly Column<T>[];
  readonly rows: readonly T[];
  readonly rowKey: (row: T) => string;
}

/** A table that becomes a list of cards where there is no room for columns. */
export function DataTable<T>({ label, columns, rows, rowKey }: DataTableProps<T>) {
  return (
    <table className={classes.table} aria-label={label}>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column.header} scope="col" data-align={column.align} style={{ width: column.width }}>
              {column.actions ? <span className={classes.hidden}>{column.header}</span> : column.header}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={rowKey(row)}>
            {columns.map((column) => (
              <td
                key={column.header}
                data-label={column.actions || column.primary ? undefined : column.header}
                data-align={column.align}
                data-primary={column.primary ? '' : undefined}
                data-actions={column.actions ? '' : undefined}
              >
                {column.cell(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
