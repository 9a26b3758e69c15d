<?php
// The settings of the WordPress of the tests. What differs from run to run comes from the environment.
define('DB_NAME', 'wordpress');
define('DB_USER', 'wordpress');
define('DB_PASSWORD', '');
define('DB_HOST', 'localhost:' . getenv('WORDPRESS_SOCKET'));
define('DB_CHARSET', 'utf8mb4');
define('DB_COLLATE', '');
$table_prefix = 'wp_';

// The port is known only when the server runs, and the server itself learns it from the request.
$address = getenv('WORDPRESS_ADDRESS') ?: 'http://' . $_SERVER['HTTP_HOST'];
define('WP_HOME', $address);
define('WP_SITEURL', $address);

// Nothing leaves the machine, and nothing changes by itself.
define('WP_HTTP_BLOCK_EXTERNAL', true);
define('DISABLE_WP_CRON', true);
define('AUTOMATIC_UPDATER_DISABLED', true);
define('DISALLOW_FILE_MODS', true);

defined('ABSPATH') || define('ABSPATH', __DIR__ . '/');
require_once ABSPATH . 'wp-settings.php';
