alter table model add column description text;
