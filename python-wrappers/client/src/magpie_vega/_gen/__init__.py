"""Generated from proto/magpie.proto by `npm run gen`."""
