/** A plain table of the report. */
import { html, type Content, type Html } from './html.ts';

export interface TableColumn {
  readonly title: string;
  readonly isNumber?: boolean;
}

/** The first cell of a row is its heading. */
export function table(columns: readonly TableColumn[], rows: readonly (readonly Content[])[]): Html {
  const classOf = (index: number): Html | null => (columns[index]?.isNumber === true ? html` class="number"` : null);
  const head = columns.map(({ title }, index) => html`<th scope="col" ${classOf(index)}>${title}</th>`);
  const body = rows.map(
    ([first = '', ...rest]) =>
      html`<tr>
        <th scope="row" ${classOf(0)}>${first}</th>
        ${rest.map((cell, index) => html`<td${classOf(index + 1)}>${cell}</td>`)}
      </tr>`,
  );
  return html`<div class="scroll">
    <table>
      <thead>
        <tr>
          ${head}
        </tr>
      </thead>
      <tbody>
        ${body}
      </tbody>
    </table>
  </div>`;
}
