/** Completing a path from the entries of its folder. Pure: the entries come from the desk. */

export interface FolderEntry {
  readonly name: string;
  readonly isFolder: boolean;
}

export interface FolderListing {
  /** The text before the last separator, the separator included: what the entries stand behind. */
  readonly prefix: string;
  readonly separator: '/' | '\\';
  /** Empty when the folder is not there or must not be read. */
  readonly entries: readonly FolderEntry[];
}

/** Where the part that is being completed starts. On Windows both separators count. */
export function splitPath(
  path: string,
  platform: NodeJS.Platform,
): { readonly folder: string; readonly start: string } {
  const at = Math.max(path.lastIndexOf('/'), platform === 'win32' ? path.lastIndexOf('\\') : -1);
  return { folder: path.slice(0, at + 1), start: path.slice(at + 1) };
}

/** Certificate files first, as they are what is looked for; then folders; hidden ones only when asked for by a dot. */
export function matchingEntries(listing: FolderListing, start: string, wanted: RegExp): readonly FolderEntry[] {
  const lower = start.toLowerCase();
  const rank = (entry: FolderEntry): number => (entry.isFolder ? 1 : wanted.test(entry.name) ? 0 : 2);
  return listing.entries
    .filter(({ name }) => name.toLowerCase().startsWith(lower) && (start.startsWith('.') || !name.startsWith('.')))
    .toSorted((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
}

/** The path with an entry taken; a folder ends with its separator, so that its own entries come next. */
export function withEntry({ prefix, separator }: FolderListing, { name, isFolder }: FolderEntry): string {
  return prefix + name + (isFolder ? separator : '');
}

/** As far as all matching entries agree, or null when that adds nothing. Letter case follows the first entry. */
export function commonStart(entries: readonly FolderEntry[], start: string): string | null {
  const [first, ...others] = entries;
  if (first === undefined) return null;
  let length = first.name.length;
  for (const { name } of others) {
    let same = 0;
    while (same < length && name[same]?.toLowerCase() === first.name[same]?.toLowerCase()) same++;
    length = same;
  }
  return length > start.length ? first.name.slice(0, length) : null;
}
