-- A small company on the replaced platform, with every fault that its data is known to have.
CREATE TABLE report_cache (id BIGINT PRIMARY KEY AUTO_INCREMENT, body TEXT NULL);
INSERT INTO otps VALUES (1, 'asha@example.com', 'email', '123456', '2026-11-01', '2026-11-02', 1, 0);
INSERT INTO users (id, email, mobile, username, first_name, last_name, role, is_active_buyer, is_staff, is_superuser, date_joined, referral_code, referred_by_id, date_of_birth, address_line1) VALUES
(1, 'Asha@Example.com', '9876543210', 'asha', 'Asha', 'Rao', 'admin', 1, 1, 1, '2025-01-01 04:00:00.123456', 'REFASHA', NULL, '1990-02-28', '1 Marine Drive'),
(2, 'bela@example.com', '+91 9876543211', 'bela', 'Bela', '', 'user', 0, 0, 0, '2025-01-02', 'REFBELA', 1, NULL, NULL),
(3, 'chand@example.com', '919876543212', 'chand', 'Chand', '', 'user', 1, 0, 0, '2025-01-03', 'REFCHAND', 1, NULL, NULL),
(4, NULL, '09876543210', 'dev', 'Dev', '', 'user', 0, 0, 0, '2025-01-04', 'REFDEV', 1, NULL, NULL),
(5, 'nope', '12345', 'eka', 'Eka', '', 'user', 0, 0, 0, '2025-01-05', 'REFEKA', 5, NULL, NULL),
(6, 'farid@example.com', NULL, 'farid', 'Farid', '', 'user', 0, 0, 0, '2025-01-06', 'REFFARID', 7, NULL, NULL),
(7, 'gita@example.com', NULL, 'gita', 'Gita', '', 'staff', 0, 1, 0, '2025-01-07', 'REFGITA', 6, NULL, NULL),
(8, 'hari@example.com', NULL, 'hari', 'Hari', '', 'user', 0, 0, 0, '2025-01-08', NULL, 2, NULL, NULL),
(9, 'ila@example.com', NULL, 'ila', 'Ila', '', 'manager', 0, 0, 0, '2025-01-09', 'REFILA', 999, NULL, NULL),
(10, 'jai@example.com', NULL, 'jai', 'Jai', '', 'user', 0, 0, 0, '2025-01-10', 'REFJAI', 1, NULL, NULL);
INSERT INTO kyc (id, user_id, status, pan_number, aadhaar_number, pan_document, bank_name, account_number, ifsc_code, account_holder_name, submitted_at, reviewed_at, reviewed_by_id) VALUES
(1, 1, 'approved', 'ABCPE1234F', '234123412346', 'kyc/pan.png', 'HDFC', '123456789012', 'HDFC0001234', 'Asha Rao', '2025-02-01', '2025-02-02', 7),
(2, 2, 'approved', 'ABCPE1235F', '345234523451', 'kyc/gone.png', NULL, NULL, NULL, NULL, '2025-02-01', '2025-02-02', 1),
(3, 3, 'pending', 'ABCXE1236F', '345234523452', NULL, 'HDFC', '123456789012', 'HDFC0001234', 'Chand', '2025-02-01', NULL, NULL);
INSERT INTO nominees (id, user_id, full_name, relationship, date_of_birth, mobile, id_proof_type, id_proof_number, created_at, updated_at, kyc_status) VALUES
(1, 1, 'Ravi Rao', 'spouse', '1991-01-01', '98765 43299', 'Aadhaar', '456345634567', '2025-02-01', '2025-02-01', 'verified'),
(2, 2, 'Kala', 'mother', '1960-01-01', '123', 'passport', '??', '2025-02-01', '2025-02-01', 'pending');
INSERT INTO vehicles (id, name, model_code, vehicle_color, battery_variant, price, status, description, features, specifications, created_at, updated_at) VALUES
(1, 'Vayu One', 'vayu-1', '["Red", "Blue"]', '40 kWh', 100000, 'available', 'A car', '["Fast"]', '{"range": "300 km"}', '2025-01-01', '2025-01-01');
INSERT INTO vehicle_images (id, vehicle_id, image, is_primary, alt_text, created_at, updated_at) VALUES
(1, 1, 'vehicles/one.png', 0, 'From the front', '2025-01-01', '2025-01-01'), (2, NULL, 'vehicles/two.png', 0, '', '2025-01-01', '2025-01-01');
INSERT INTO bookings (id, user_id, booking_number, vehicle_model_id, booking_amount, payment_option, total_amount, total_paid, remaining_amount, status, emi_duration_months, emi_start_date, expires_at, payment_gateway_ref, created_at, updated_at) VALUES
(1, 1, 'EVAAAAAAA1', 1, 500, 'full_payment', 100000, 6000, 94000, 'confirmed', NULL, NULL, '2025-04-01', 'gw-1', '2025-03-01', '2025-03-02'),
(2, 2, 'EVAAAAAAA2', 1, 500, 'emi_options', 50000, 1500, 48500, 'pre_booked', 10, '2026-01-31', '2027-12-01', NULL, '2025-03-01', '2025-03-03'),
(3, 3, 'EVAAAAAAA3', 1, 500, 'full_payment', 1000, 1200, -200, 'completed', NULL, NULL, NULL, NULL, '2025-03-01', '2025-03-04'),
(4, 3, 'EVAAAAAAA4', 1, 500, 'full_payment', 2000, 700, 1300, 'cancelled', NULL, NULL, NULL, NULL, '2025-03-01', '2025-03-05'),
(5, 4, 'EVAAAAAAA5', 1, 500, 'full_payment', 2000, 500, 1500, 'completed', NULL, NULL, NULL, NULL, '2025-03-01', '2025-03-06'),
(6, 8, 'EVAAAAAAA6', 1, 500, 'emi_options', 2000, 0, 2000, 'pending', NULL, NULL, '2027-12-01', NULL, '2025-03-01', '2025-03-07'),
(7, 99, 'EVAAAAAAA7', 1, 500, 'full_payment', 2000, 500, 1500, 'pending', NULL, NULL, NULL, NULL, '2025-03-01', '2025-03-01');
INSERT INTO payments (id, booking_id, user_id, amount, payment_method, transaction_id, status, payment_date, completed_at, notes) VALUES
(1, 1, 1, 5000, 'online', 'pay_1', 'completed', '2025-03-01 20:00:00', '2025-03-01 20:00:01', ''), (2, 1, 1, 1000, 'cash', NULL, 'completed', '2025-03-02', NULL, ''),
(3, 2, 2, 500, 'online', 'pay_3', 'completed', '2025-03-01', NULL, ''), (4, 3, 3, 1200, 'bank_transfer', NULL, 'completed', '2025-03-01', NULL, ''),
(5, 4, 3, 700, 'online', NULL, 'completed', '2025-03-01', NULL, ''), (6, 5, 4, 500, 'online', NULL, 'completed', '2025-03-01', NULL, ''),
(7, 6, 8, 500, 'upi', NULL, 'pending', '2025-03-01', NULL, ''), (8, 6, 8, 500, 'online', NULL, 'failed', '2025-03-01', NULL, ''),
(9, 6, 8, 300, 'online', NULL, 'refunded', '2025-03-01', '2025-03-02', ''), (10, 7, 99, 500, 'online', NULL, 'completed', '2025-03-01', NULL, ''),
(11, 1, 1, 0, 'online', NULL, 'completed', '2025-03-01', NULL, '');
INSERT INTO wallets (id, user_id, balance, total_earned, total_withdrawn, created_at, updated_at) VALUES
(11, 1, 330, 1300, 1000, '2025-01-01', '2025-03-01'), (12, 2, 200, 0, 500, '2025-01-02', '2025-03-01'), (13, 3, -50, 20, 0, '2025-01-03', '2025-03-01'), (18, 8, 0, 0, 400, '2025-01-08', '2025-03-01');
INSERT INTO wallet_transactions (id, user_id, wallet_id, transaction_type, amount, balance_before, balance_after, description, reference_id, reference_type, created_at) VALUES
(1, 1, 11, 'REFERRAL_BONUS', 300, 0, 300, 'Bonus', 1, 'booking', '2025-03-01'), (2, 1, 11, 'BINARY_PAIR', 500, 300, 800, 'Pair', 1, 'binary_pair', '2025-03-02'),
(3, 1, 11, 'BINARY_PAIR', 500, 800, 1300, 'Pair', 2, 'binary_pair', '2025-03-03'), (4, 1, 11, 'EMI_DEDUCTION', 100, 1300, 1300, 'EMI', 2, 'binary_pair', '2025-03-03'),
(5, 1, 11, 'PAYOUT', 1000, 1300, 300, 'Payout', 1, 'payout', '2026-05-10'), (6, 2, 12, 'DEPOSIT', 700, 0, 700, 'Deposit', NULL, '', '2025-03-01'),
(7, 2, 12, 'PAYOUT', 500, 700, 200, 'Payout', 2, 'payout', '2026-11-01'), (8, 8, 18, 'DEPOSIT', 400, 0, 400, 'Deposit', NULL, '', '2025-03-01'),
(9, 8, 18, 'PAYOUT', 400, 400, 10, 'Payout', 6, 'payout', '2025-06-01'), (10, 8, 18, 'RESERVE_DEDUCTION', 10, 10, 0, 'Reserve', NULL, '', '2025-06-02');
INSERT INTO binary_nodes (id, user_id, parent_id, side, level, left_count, right_count, created_at, updated_at) VALUES
(1, 1, NULL, NULL, 0, 1, 1, '2025-01-02 00:00:00', '2025-01-02'), (2, 2, 1, 'left', 1, 1, 0, '2025-01-02 00:00:01', '2025-01-02'), (3, 3, 1, 'right', 1, 0, 0, '2025-01-03', '2025-01-03'),
(4, 4, 1, 'left', 1, 0, 0, '2025-01-09', '2025-01-09'), (5, 8, 2, 'left', 2, 0, 0, '2025-01-08', '2025-01-08'), (6, 9, 777, 'left', 1, 0, 0, '2025-01-10', '2025-01-10');
INSERT INTO binary_pairs (id, user_id, left_user_id, right_user_id, pair_amount, earning_amount, status, created_at, matched_at, processed_at, pair_month, pair_year) VALUES
(1, 1, 2, 3, 1000, 500, 'processed', '2025-03-02', '2025-03-02', '2025-03-02', 3, 2025), (2, 1, 2, 3, 1000, 500, 'processed', '2025-03-03', '2025-03-03', '2025-03-03', 3, 2025),
(3, 1, 8, NULL, 1000, 500, 'pending', '2025-03-04', NULL, NULL, 3, 2025), (4, 1, 8, 9, 1000, 500, 'matched', '2025-03-05', '2025-03-05', NULL, 3, 2025),
(5, 2, 8, 4, 1000, 500, 'matched', '2025-03-06', '2025-03-06', NULL, 3, 2025);
INSERT INTO binary_earnings (id, user_id, binary_pair_id, amount, pair_number, emi_deducted, net_amount, created_at) VALUES
(1, 1, 1, 500, 2, 0, 500, '2025-03-02'), (2, 1, 2, 500, 3, 100, 400, '2025-03-03'), (3, 1, 1, 500, 2, 0, 500, '2025-03-04');
INSERT INTO payouts (id, user_id, wallet_id, requested_amount, tds_amount, net_amount, bank_name, account_number, ifsc_code, account_holder_name, status, emi_auto_filled, emi_amount, created_at, processed_at, completed_at, transaction_id) VALUES
(1, 1, 11, 1000, 50, 950, 'HDFC', '123456789012', 'HDFC0001234', 'Asha Rao', 'completed', 1, 200, '2026-05-09', '2026-05-10', '2026-05-10', 'UTR1'),
(2, 2, 12, 500, 25, 475, 'SBI', '223456789012', 'SBIN0001234', 'Bela', 'processing', 0, 0, '2026-11-01', '2026-11-01', NULL, NULL),
(3, 2, 12, 150, 7.50, 142.50, 'SBI', '123', 'SBIN0001234', 'Bela', 'pending', 0, 0, '2026-11-02', NULL, NULL, NULL),
(4, 2, 12, 300, 20, 280, 'SBI', '223456789012', 'SBIN0001234', 'Bela', 'pending', 0, 0, '2026-11-03', NULL, NULL, NULL),
(5, 2, 12, 100, 5, 95, 'SBI', '223456789012', 'SBIN0001234', 'Bela', 'rejected', 0, 0, '2026-10-03', NULL, NULL, NULL),
(6, 8, 18, 400, 20, 380, 'SBI', '323456789012', 'SBIN0001234', 'Hari', 'completed', 0, 0, '2025-06-01', '2025-06-01', '2025-06-01', 'UTR6');
INSERT INTO payout_transactions (payout_id, user_id, amount, transaction_type, created_at) VALUES
(1, 1, 750, 'payout', '2026-05-10'), (1, 1, 50, 'tds', '2026-05-10'), (1, 1, 200, 'emi_auto_fill', '2026-05-10'), (1, 1, 200, 'emi_auto_fill', '2026-05-10'),
(6, 8, 380, 'payout', '2025-06-01'), (6, 8, 20, 'tds', '2025-06-01');
INSERT INTO tds_records (id, user_id, financial_year, total_payout, tds_deducted, certificate_number, created_at) VALUES (5, 1, '2026-2027', 1000, 60, 'CERT-1', '2026-05-10');
INSERT INTO notifications (id, user_id, notification_type, title, message, is_read, created_at) VALUES (1, 1, 'wallet', 'Credited', 'A pair was credited', 0, '2025-03-02'), (2, 99, 'wallet', 'Lost', 'Nobody', 0, '2025-03-02');
INSERT INTO compliance_documents (id, user_id, document_type, title, file, uploaded_at, is_verified) VALUES (1, 1, 'agreement', 'Deed', 'documents/deed.pdf', '2025-03-02', 1), (2, 1, 'agreement', 'Gone', 'documents/gone.pdf', '2025-03-02', 0);
