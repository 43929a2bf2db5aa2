import { writeFileSync } from 'node:fs';
import { env, resourceUsage } from 'node:process';
import { isMainThread } from 'node:worker_threads';

/** Loaded before a measured program: writes what its whole process used when it ends. */
const path = env['BENCH_USAGE_FILE'];
if (path !== undefined && isMainThread) {
  process.on('exit', () => {
    const { userCPUTime, systemCPUTime, maxRSS } = resourceUsage();
    writeFileSync(path, JSON.stringify({ cpuSeconds: (userCPUTime + systemCPUTime) / 1e6, peakMegabytes: maxRSS / 1024 }));
  });
}
