-- A closed booking has given back all that it had received: its payments say so.
UPDATE `payments` SET `refunded_amount` = `amount`, `status` = 'refunded'
WHERE `status` = 'completed' AND `booking_id` IN (SELECT `id` FROM `bookings` WHERE `status` IN ('expired', 'cancelled'));
