import cartulary from 'cartulary';
import { defineConfig } from 'astro/config';

export default defineConfig({ integrations: [cartulary()] });
