import { defineConfig } from 'astro/config';
import cartulary from 'cartulary';

export default defineConfig({ integrations: [cartulary()] });
