/**
 * What a terminal types when a file is dropped onto its window, turned into the path. Terminals differ: Windows consoles
 * put the path in double quotes when it holds blanks, PowerShell's host writes `& 'path'`, those of Linux and macOS use
 * single quotes or put a backslash before each blank, some type a `file:` address.
 */
export function droppedPath(pasted: string, platform: NodeJS.Platform): string {
  const [line = ''] = pasted.trim().split(/\r?\n/);
  const given = line.trim().replace(/^&\s+(?=['"])/, '');
  if (/^file:\/\//i.test(given)) return fromAddress(given, platform);
  const quoted = /^(?<quote>["'])(?<inside>.*)\k<quote>$/.exec(given)?.groups;
  if (quoted !== undefined) {
    const inside = quoted['inside'] ?? '';
    return platform === 'win32' ? inside.replaceAll("''", "'") : inside.replaceAll(`'\\''`, "'");
  }
  // a backslash is a separator on Windows, and escapes the next character elsewhere
  return platform === 'win32' ? given : given.replaceAll(/\\(.)/g, '$1');
}

function fromAddress(address: string, platform: NodeJS.Platform): string {
  let path: string;
  try {
    path = decodeURIComponent(address.replace(/^file:\/\/(?:localhost)?/i, ''));
  } catch {
    return address;
  }
  return platform === 'win32' ? path.replace(/^\/(?=[a-z]:)/i, '').replaceAll('/', '\\') : path;
}
