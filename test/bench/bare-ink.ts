/** The least that Ink can draw: what the first screen is measured against. */
process.env['NODE_ENV'] = 'production';
const [{ createElement }, { render, Text }] = await Promise.all([import('react'), import('ink')]);
render(createElement(Text, null, 'bare frame'));
setInterval(() => undefined, 60_000);
