import type { LaunchOptions } from '@playwright/test';
import { findChromium } from '../../bin/system-packages.js';

/** How Chromium is started, with software WebGL: the machines that run the tests have no graphics card. */
export const CHROMIUM_LAUNCH: LaunchOptions = {
	executablePath: findChromium() ?? undefined,
	args: ['--no-sandbox', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--ignore-gpu-blocklist'],
};
