/** The built tool beside a small reference database under the old root: where most end-to-end tests begin. */
import { beforeAll } from 'vitest';
import { ReferenceScene, useScene } from './reference-scene.ts';

/** Made before the first test of the file, on the embedded server, and removed after the last. */
export function useToolOnReferenceDatabase(): ReferenceScene {
  const scene = useScene(new ReferenceScene());
  beforeAll(async () => {
    await scene.fill({ rows: 12, others: false });
  });
  return scene;
}
