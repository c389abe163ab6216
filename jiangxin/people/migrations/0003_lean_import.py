"""A leaner register for imports: keys compared by byte, no index twice, foreign keys checked by statement on PostgreSQL."""

import django.db.models.deletion
import jiangxin.kernel.text.ids
import jiangxin.orgs.models.paths
from django.db import migrations, models
from jiangxin.kernel.sheets.references import CheckReferencesTogether


class Migration(migrations.Migration):

    dependencies = [
        ('orgs', '0002_alter_unitname_normalized'),
        ('people', '0002_append_only'),
    ]

    operations = [
        migrations.AlterField(
            model_name='employment',
            name='employer',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.employer', verbose_name='用人单位'),
        ),
        migrations.AlterField(
            model_name='person',
            name='id_number_index',
            field=jiangxin.orgs.models.paths.ByteOrderedField(blank=True, max_length=64, null=True, verbose_name='身份证号索引'),
        ),
        migrations.AlterField(
            model_name='person',
            name='name_key',
            field=jiangxin.orgs.models.paths.ByteOrderedField(max_length=100, verbose_name='姓名检索键'),
        ),
        migrations.AlterField(
            model_name='person',
            name='uid',
            field=jiangxin.orgs.models.paths.ByteOrderedField(default=jiangxin.kernel.text.ids.new_uid, editable=False, max_length=26, verbose_name='编号'),
        ),
        migrations.AddIndex(
            model_name='employment',
            index=models.Index(condition=models.Q(('employer__isnull', False)), fields=['employer'], name='people_employment_employer'),
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.UniqueConstraint(fields=('uid',), name='people_person_uid'),
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.UniqueConstraint(fields=('id_number_index',), name='people_person_id_number_index'),
        ),
        CheckReferencesTogether("Person", ("region", "org", "source")),
        CheckReferencesTogether("Employment", ("employer", "source")),
    ]
