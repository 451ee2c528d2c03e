/**
 * The report's pictures, as SVG in the page: colours and text come from the page's style, so that they follow dark mode
 * and paper. Each has a title and a description for who cannot see it, and says nothing that no table says.
 */
import { html, type Content, type Html } from './html.ts';
import type { Course, Span, Stage } from './course.ts';

const WIDTH = 720;

export interface Part {
  /** Class of the style that colours it. */
  readonly kind: string;
  readonly label: string;
  readonly amount: number;
}

/** One bar of parts; parts too thin to see are given two pixels. */
export function shareBar(parts: readonly Part[], title: string): Html {
  const total = parts.reduce((sum, { amount }) => sum + amount, 0);
  const shown = parts.filter(({ amount }) => amount > 0);
  const least = 3;
  const spare = WIDTH - shown.length * least;
  let x = 0;
  const bars = shown.map(({ kind, label, amount }) => {
    const width = least + (amount / total) * spare;
    const bar = html`<rect
      class="fill-${kind}"
      x="${x.toFixed(1)}"
      y="0"
      width="${Math.max(0.5, width - 1).toFixed(1)}"
      height="18"
      ><title>${label}</title></rect
    >`;
    x += width;
    return bar;
  });
  const empty = html`<rect class="fill-track" x="0" y="0" width="${WIDTH}" height="18" />`;
  return html`<svg class="bar" viewBox="0 0 ${WIDTH} 18" preserveAspectRatio="none" role="img" aria-label="${title}">
    ${total === 0 ? empty : bars}
  </svg>`;
}

export interface ThroughputWords {
  readonly title: string;
  readonly description: string;
  /** Text of a rate, e.g. `1,200 keys/s`. */
  readonly rate: (keysPerSecond: number) => string;
  /** Text of a time since the start. */
  readonly time: (seconds: number) => string;
  readonly pause: string;
}

const PLOT = { left: 92, top: 14, width: WIDTH - 92 - 12, height: 180 } as const;

/** Keys a second over the time of the job, as an area; pauses as bands. */
export function throughputChart(course: Course, endMs: number, words: ThroughputWords): Html {
  const totalMs = Math.max(course.momentMs, endMs - course.startMs);
  const rates = course.moments.map((rows) => (rows * 1000) / course.momentMs);
  const top = niceCeiling(Math.max(1, ...rates));
  const xOf = (ms: number): number => PLOT.left + (Math.min(ms, totalMs) / totalMs) * PLOT.width;
  const yOf = (rate: number): number => PLOT.top + PLOT.height * (1 - rate / top);
  const base = yOf(0).toFixed(1);
  const steps = rates.map((rate, index) => {
    const [from, to] = [xOf(index * course.momentMs), xOf((index + 1) * course.momentMs)];
    return `L${from.toFixed(1)} ${yOf(rate).toFixed(1)}L${to.toFixed(1)} ${yOf(rate).toFixed(1)}`;
  });
  const lastX = xOf(rates.length * course.momentMs).toFixed(1);
  const area = `M${PLOT.left} ${base}${steps.join('')}L${lastX} ${base}Z`;
  const line = `M${PLOT.left} ${base}${steps.join('')}L${lastX} ${base}`;
  const ticks = [0, 0.25, 0.5, 0.75, 1].map((part) => {
    const y = yOf(part * top).toFixed(1);
    return html`<line class="grid" x1="${PLOT.left}" x2="${PLOT.left + PLOT.width}" y1="${y}" y2="${y}" /><text
        class="tick"
        x="${PLOT.left - 8}"
        y="${y}"
        text-anchor="end"
        dominant-baseline="middle"
        >${words.rate(part * top)}</text
      >`;
  });
  const times = timeTicks(totalMs / 1000).map((seconds) => {
    const x = xOf(seconds * 1000).toFixed(1);
    return html`<line class="grid" x1="${x}" x2="${x}" y1="${PLOT.top}" y2="${PLOT.top + PLOT.height}" /><text
        class="tick"
        x="${x}"
        y="${PLOT.top + PLOT.height + 18}"
        text-anchor="middle"
        >${words.time(seconds)}</text
      >`;
  });
  const bands = course.pauses.map((pause) => pauseBand(pause, course.startMs, endMs, xOf, words.pause));
  return picture(
    PLOT.top + PLOT.height + 28,
    words,
    html`${bands}${ticks}${times}<path class="area" d="${area}" /><path class="line" d="${line}" />`,
  );
}

function pauseBand(
  { fromMs, toMs }: Span,
  startMs: number,
  endMs: number,
  xOf: (ms: number) => number,
  label: string,
): Html {
  const [from, to] = [xOf(fromMs - startMs), xOf((toMs ?? endMs) - startMs)];
  return html`<rect
    class="pause"
    x="${from.toFixed(1)}"
    y="${PLOT.top}"
    width="${Math.max(2, to - from).toFixed(1)}"
    height="${PLOT.height}"
    ><title>${label}</title></rect
  >`;
}

export interface StageWords {
  readonly title: string;
  readonly description: string;
  readonly stage: (stage: Stage) => string;
  readonly time: (seconds: number) => string;
}

/** What the job was busy with, from left to right. */
export function stageChart({ stages, startMs }: Course, endMs: number, words: StageWords): Html {
  const totalMs = Math.max(1, endMs - startMs);
  const spans = stages
    .map(({ stage, atMs }, index) => ({ stage, fromMs: atMs, toMs: stages[index + 1]?.atMs ?? endMs }))
    .filter(({ stage }) => stage !== 'done');
  const xOf = (ms: number): number => ((ms - startMs) / totalMs) * WIDTH;
  const bars = spans.map(({ stage, fromMs, toMs }) => {
    const [from, to] = [xOf(fromMs), Math.max(xOf(toMs), xOf(fromMs) + 2)];
    const said = `${words.stage(stage)}: ${words.time((toMs - fromMs) / 1000)}`;
    return html`<rect class="stage-${stage}" x="${from.toFixed(1)}" y="0" width="${(to - from).toFixed(1)}" height="26"
      ><title>${said}</title></rect
    >`;
  });
  return picture(26, words, html`${bars}`);
}

function picture(
  height: number,
  { title, description }: { title: string; description: string },
  content: Content,
): Html {
  return html`<svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${`${title}. ${description}`}">
    ${content}
  </svg>`;
}

/** 1, 2, 2.5 or 5 times a power of ten, and not less than the value. */
export function niceCeiling(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return ([1, 2, 4, 5, 10].find((step) => step * power >= value) ?? 10) * power;
}

const TIME_STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 28_800, 86_400];

/** At most eight, at round times. */
export function timeTicks(totalSeconds: number): readonly number[] {
  const step = TIME_STEPS.find((each) => totalSeconds / each <= 8) ?? Math.ceil(totalSeconds / 8);
  return Array.from({ length: Math.floor(totalSeconds / step) + 1 }, (_, index) => index * step);
}
