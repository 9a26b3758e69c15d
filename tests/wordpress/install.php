<?php
// Makes the database, installs WordPress and writes the pages that come as JSON on the standard input:
// [{"slug": …, "title": …, "role": "administrator" or "author", "content": …}]. Prints, by slug, what WordPress kept of each.
mysqli_report(MYSQLI_REPORT_ERROR | MYSQLI_REPORT_STRICT);
(new mysqli('localhost', 'wordpress', '', '', 0, getenv('WORDPRESS_SOCKET')))
    ->query('CREATE DATABASE wordpress CHARACTER SET utf8mb4');

define('WP_INSTALLING', true);
require $argv[1] . '/wp-load.php';
require ABSPATH . 'wp-admin/includes/upgrade.php';

// An installation tells its owner by mail; there is nobody to tell.
add_filter('pre_wp_mail', '__return_true');
// It also asks its own server for a page, which cannot answer yet.
add_filter('pre_http_request', fn () => new WP_Error('offline', 'The tests make no requests.'));

['user_id' => $administrator] = wp_install('A company', 'administrator', 'administrator@example.org', true);
$author = wp_insert_user(['user_login' => 'author', 'user_pass' => wp_generate_password(), 'role' => 'author']);
if (is_wp_error($author)) {
    throw new RuntimeException($author->get_error_message());
}
$wp_rewrite->set_permalink_structure('/%postname%/');
$wp_rewrite->flush_rules(false);

$kept = [];
foreach (json_decode(stream_get_contents(STDIN), true, 512, JSON_THROW_ON_ERROR) as $page) {
    // What a user may write is filtered by the rights of the user.
    wp_set_current_user($page['role'] === 'author' ? $author : $administrator);
    $id = wp_insert_post(wp_slash([
        'post_type' => 'page',
        'post_status' => 'publish',
        'post_name' => $page['slug'],
        'post_title' => $page['title'],
        'post_content' => $page['content'],
    ]), true);
    if (is_wp_error($id)) {
        throw new RuntimeException($id->get_error_message());
    }
    $kept[$page['slug']] = get_post($id)->post_content;
}
echo json_encode($kept, JSON_THROW_ON_ERROR);
