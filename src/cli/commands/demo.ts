import type { Command } from '../command.ts';
import { DEMO_FLAGS, OUTPUT_FLAGS } from '../flags.ts';

export const demo: Command = {
  flags: { ...DEMO_FLAGS, ...OUTPUT_FLAGS },
  example: 'srkey demo --keys 10000 --key-bits 2048',
  exitCodes: [0, 1, 2, 130],
  run: async (args, context) => {
    const { withSession } = await import('../session.ts');
    return withSession(context, { command: 'demo', json: args['json'] === true }, async (session) => {
      const { demoOptions } = await import('../../config/demo-options.ts');
      const { runDemo } = await import('../../demo/run-demo.ts');
      const { stderr, stdout, env, language } = context;
      const story = session.screen.json ? stderr : stdout;
      return runDemo(demoOptions(args), { stdout: story, stderr, env, language, stop: session.signals.stop });
    });
  },
};
